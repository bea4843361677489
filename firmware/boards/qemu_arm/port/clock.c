// SysTick: a millisecond counter, and the microseconds and core cycles between its interrupts.
#include "py/mphal.h"
#include "py/runtime.h"
#include "board.h"

#define SYST_CSR REGISTER(0xE000E010)
#define SYST_RVR REGISTER(0xE000E014)
#define SYST_CVR REGISTER(0xE000E018)
#define ICSR REGISTER(0xE000ED04)
#define ICSR_SYSTICK_PENDING (1u << 26)
#define CYCLES_A_MS (CORE_HZ / 1000)

static volatile uint32_t milliseconds;
static volatile uint32_t wraps; // of milliseconds

void clock_start(void) {
    SYST_RVR = CYCLES_A_MS - 1;
    SYST_CVR = 0;
    SYST_CSR = 7; // on, with its interrupt, at the core's frequency
}

// A stopped clock, as a fault: nothing that waits for a time goes on.
void clock_stop(void) {
    SYST_CSR = 0;
}

void clock_interrupt(void) {
    if (++milliseconds == 0) {
        wraps++;
    }
}

// Core cycles since the start. Under `-icount shift=0` an instruction is a nanosecond: 40 of them are one cycle.
uint64_t clock_cycles(void) {
    unsigned long state = board_disable_irq();
    uint64_t passed = ((uint64_t)wraps << 32) | milliseconds;
    uint32_t left = SYST_CVR;
    if ((ICSR & ICSR_SYSTICK_PENDING) && left > CYCLES_A_MS / 2) {
        passed++; // it wrapped, its interrupt has not been taken yet
    }
    board_enable_irq(state);
    return passed * CYCLES_A_MS + (CYCLES_A_MS - 1 - left);
}

mp_uint_t mp_hal_ticks_ms(void) {
    return milliseconds;
}

mp_uint_t mp_hal_ticks_us(void) {
    return clock_cycles() / (CORE_HZ / 1000000);
}

mp_uint_t mp_hal_ticks_cpu(void) {
    return clock_cycles();
}

uint64_t mp_hal_time_ns(void) {
    return clock_cycles() * (1000000000 / CORE_HZ);
}

void mp_hal_delay_ms(mp_uint_t wait) {
    uint32_t start = milliseconds;
    while (milliseconds - start < wait) {
        mp_event_wait_ms(1);
    }
}

void mp_hal_delay_us(mp_uint_t wait) {
    uint32_t start = mp_hal_ticks_us();
    while ((uint32_t)mp_hal_ticks_us() - start < wait) {
    }
}
