// The module `mps2`: what the board's adapter needs of the machine.
#include "py/objarray.h"
#include "py/runtime.h"
#include "shared/runtime/semihosting_arm.h"
#include "board.h"

#define PSRAM_BYTES (16 * 1024 * 1024)

extern uint8_t _image[], _image_bytes[];
extern const mp_obj_type_t mps2_uart_type;

// 16 MB outside the heap, which QEMU shares with the host as a file.
static mp_obj_t psram(void) {
    return mp_obj_new_bytearray_by_ref(PSRAM_BYTES, (void *)PSRAM_ADDRESS);
}
static MP_DEFINE_CONST_FUN_OBJ_0(psram_obj, psram);

// The application's ROMFS.
static mp_obj_t image(void) {
    return mp_obj_new_memoryview('B', (size_t)_image_bytes, _image);
}
static MP_DEFINE_CONST_FUN_OBJ_0(image_obj, image);

// Core cycles since the start, 40 ns each.
static mp_obj_t cycles(void) {
    return mp_obj_new_int_from_ull(clock_cycles());
}
static MP_DEFINE_CONST_FUN_OBJ_0(cycles_obj, cycles);

// The clock stops for ever: a fault, for tests.
static mp_obj_t stop_clock(void) {
    clock_stop();
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_0(stop_clock_obj, stop_clock);

// The power is cut between two instructions, as the host could do it at any other one.
static mp_obj_t cut_power(void) {
    mp_semihosting_exit(1);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_0(cut_power_obj, cut_power);

// The processor goes on, deaf to every interrupt: a fault, for tests.
static mp_obj_t spin(void) {
    board_disable_irq();
    for (;;) {
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_0(spin_obj, spin);

// Of the core cycles since the start, those in which the processor slept.
static mp_obj_t slept_cycles(void) {
    return mp_obj_new_int_from_ull(clock_slept());
}
static MP_DEFINE_CONST_FUN_OBJ_0(slept_cycles_obj, slept_cycles);

static mp_obj_t reset(void) {
    board_reset();
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_0(reset_obj, reset);

static const mp_rom_map_elem_t names[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_mps2)},
    {MP_ROM_QSTR(MP_QSTR_Uart), MP_ROM_PTR(&mps2_uart_type)},
    {MP_ROM_QSTR(MP_QSTR_psram), MP_ROM_PTR(&psram_obj)},
    {MP_ROM_QSTR(MP_QSTR_image), MP_ROM_PTR(&image_obj)},
    {MP_ROM_QSTR(MP_QSTR_cycles), MP_ROM_PTR(&cycles_obj)},
    {MP_ROM_QSTR(MP_QSTR_stop_clock), MP_ROM_PTR(&stop_clock_obj)},
    {MP_ROM_QSTR(MP_QSTR_cut_power), MP_ROM_PTR(&cut_power_obj)},
    {MP_ROM_QSTR(MP_QSTR_slept_cycles), MP_ROM_PTR(&slept_cycles_obj)},
    {MP_ROM_QSTR(MP_QSTR_spin), MP_ROM_PTR(&spin_obj)},
    {MP_ROM_QSTR(MP_QSTR_reset), MP_ROM_PTR(&reset_obj)},
};
static MP_DEFINE_CONST_DICT(names_dict, names);

const mp_obj_module_t mps2_module = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&names_dict,
};
MP_REGISTER_MODULE(MP_QSTR_mps2, mps2_module);
