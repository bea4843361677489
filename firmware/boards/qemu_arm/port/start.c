// From reset to the application: interrupts, clock, heap, then _boot.py. Whatever ends it resets the board.
#include "py/gc.h"
#include "py/mphal.h"
#include "py/runtime.h"
#include "py/stackctrl.h"
#include "shared/runtime/pyexec.h"
#include "board.h"

#define VTOR REGISTER(0xE000ED08)
#define CPACR REGISTER(0xE000ED88)
#define AIRCR REGISTER(0xE000ED0C)
#define AIRCR_RESET 0x05FA0004
#define STACK_MARGIN 1024 // for interrupts and what runs after the check
#define EXCEPTIONS 16
#define INTERRUPTS 32

extern uint8_t _sstack[], _estack[];
void Reset_Handler(void);

static uint32_t heap[MICROPY_HEAP_SIZE / sizeof(uint32_t)];

unsigned long board_disable_irq(void) {
    unsigned long state;
    __asm volatile ("mrs %0, primask\n cpsid i" : "=r" (state));
    return state;
}

void board_enable_irq(unsigned long state) {
    __asm volatile ("msr primask, %0" :: "r" (state));
}

// The processor's reset request; the bench, which holds the reset line, sees it.
void board_reset(void) {
    static const char told[] = "{\"reset\": true}\n";
    uart_write(UART_BENCH, (const uint8_t *)told, sizeof told - 1);
    AIRCR = AIRCR_RESET;
    for (;;) {
    }
}

// A fault says where it was and resets: a board that is stuck is a board with its light on.
static void fault(void) {
    uint32_t kind;
    __asm volatile ("mrs %0, ipsr" : "=r" (kind));
    mp_printf(&mp_plat_print, "exception %u: the board is reset\n", (unsigned)kind);
    board_reset();
}

static void uart1_received(void) {
    uart_received(1);
}
static void uart1_transmitted(void) {
    uart_transmitted(1);
}
static void uart2_received(void) {
    uart_received(2);
}
static void uart2_transmitted(void) {
    uart_transmitted(2);
}
static void uart3_received(void) {
    uart_received(3);
}
static void uart3_transmitted(void) {
    uart_transmitted(3);
}

typedef void (*vector_t)(void);
static const vector_t vectors[EXCEPTIONS + INTERRUPTS] __attribute__((aligned(256))) = {
    [0] = (vector_t)_estack,
    [1] = Reset_Handler,
    [2 ... 14] = fault,
    [15] = clock_interrupt,
    [EXCEPTIONS + 0 ... EXCEPTIONS + 1] = fault,
    [EXCEPTIONS + 2] = uart1_received,
    [EXCEPTIONS + 3] = uart1_transmitted,
    [EXCEPTIONS + 4] = uart2_received,
    [EXCEPTIONS + 5] = uart2_transmitted,
    [EXCEPTIONS + 6 ... EXCEPTIONS + 17] = fault,
    [EXCEPTIONS + 18] = uart3_received,
    [EXCEPTIONS + 19] = uart3_transmitted,
    [EXCEPTIONS + 20 ... EXCEPTIONS + INTERRUPTS - 1] = fault,
};

int __wrap_main(int argc, char **argv) {
    #if defined(__ARM_FP)
    CPACR |= 0xFu << 20; // the floating point unit
    __asm volatile ("dsb\n isb");
    #endif
    VTOR = (uint32_t)vectors;
    clock_start();
    uart_open(UART_BENCH);
    mp_stack_set_top(_estack);
    mp_stack_set_limit(_estack - _sstack - STACK_MARGIN);
    gc_init(heap, (uint8_t *)heap + sizeof heap);
    mp_init();
    pyexec_frozen_module("_boot.py", false);
    board_reset();
    return 0;
}
