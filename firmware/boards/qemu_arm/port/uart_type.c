// mps2.Uart(1..3): a stream for asyncio, which never blocks.
#include "py/runtime.h"
#include "py/mperrno.h"
#include "py/stream.h"
#include "board.h"

typedef struct {
    mp_obj_base_t base;
    int number;
} uart_obj_t;

extern const mp_obj_type_t mps2_uart_type;

static mp_obj_t make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 1, 1, false);
    int number = mp_obj_get_int(args[0]);
    if (number < 1 || number >= UARTS) {
        mp_raise_ValueError(MP_ERROR_TEXT("a UART of the application's is 1, 2 or 3"));
    }
    uart_obj_t *self = mp_obj_malloc(uart_obj_t, type);
    self->number = number;
    uart_open(number);
    return MP_OBJ_FROM_PTR(self);
}

static mp_uint_t done_or_again(size_t bytes, int *error) {
    if (bytes) {
        return bytes;
    }
    *error = MP_EAGAIN;
    return MP_STREAM_ERROR;
}

static mp_uint_t read(mp_obj_t self, void *into, mp_uint_t size, int *error) {
    return done_or_again(uart_read(((uart_obj_t *)MP_OBJ_TO_PTR(self))->number, into, size), error);
}

static mp_uint_t write(mp_obj_t self, const void *from, mp_uint_t size, int *error) {
    return done_or_again(uart_write(((uart_obj_t *)MP_OBJ_TO_PTR(self))->number, from, size), error);
}

static mp_uint_t control(mp_obj_t self, mp_uint_t request, uintptr_t wanted, int *error) {
    int number = ((uart_obj_t *)MP_OBJ_TO_PTR(self))->number;
    if (request != MP_STREAM_POLL) {
        *error = MP_EINVAL;
        return MP_STREAM_ERROR;
    }
    mp_uint_t ready = 0;
    if ((wanted & MP_STREAM_POLL_RD) && uart_waiting(number)) {
        ready |= MP_STREAM_POLL_RD;
    }
    if ((wanted & MP_STREAM_POLL_WR) && uart_has_room(number)) {
        ready |= MP_STREAM_POLL_WR;
    }
    return ready;
}

static const mp_rom_map_elem_t names[] = {
    {MP_ROM_QSTR(MP_QSTR_read), MP_ROM_PTR(&mp_stream_read_obj)},
    {MP_ROM_QSTR(MP_QSTR_readinto), MP_ROM_PTR(&mp_stream_readinto_obj)},
    {MP_ROM_QSTR(MP_QSTR_readline), MP_ROM_PTR(&mp_stream_unbuffered_readline_obj)},
    {MP_ROM_QSTR(MP_QSTR_write), MP_ROM_PTR(&mp_stream_write_obj)},
};
static MP_DEFINE_CONST_DICT(names_dict, names);

static const mp_stream_p_t stream = {.read = read, .write = write, .ioctl = control};

MP_DEFINE_CONST_OBJ_TYPE(
    mps2_uart_type, MP_QSTR_Uart, MP_TYPE_FLAG_ITER_IS_STREAM,
    make_new, make_new, protocol, &stream, locals_dict, &names_dict
    );
