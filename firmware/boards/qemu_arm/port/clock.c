// Time. A free-running timer counts core cycles; SysTick ends a sleep in time, and takes the count over now and
// then. So an interrupt that comes late, or not at all on a busy host, costs no time.
#include <stdbool.h>
#include "py/mphal.h"
#include "py/runtime.h"
#include "board.h"

#define SYST_CSR REGISTER(0xE000E010)
#define SYST_RVR REGISTER(0xE000E014)
#define SYST_CVR REGISTER(0xE000E018)
#define SYST_ON_WITH_INTERRUPT 7
#define SYST_MS_MAX 500 // it has 24 bits

// Arm's CMSDK dual timer, first half
#define TIMER_LOAD REGISTER(0x40002000)
#define TIMER_VALUE REGISTER(0x40002004)
#define TIMER_CONTROL REGISTER(0x40002008)
#define TIMER_ON_32_BITS 0x82

#define CYCLES_A_MS (CORE_HZ / 1000)
#define CYCLES_A_US (CORE_HZ / 1000000)

static volatile uint32_t milliseconds; // as of the last look
static volatile uint32_t wraps; // of milliseconds
static volatile uint32_t looked; // the count at which these milliseconds were full

static uint32_t count(void) {
    return ~TIMER_VALUE; // it counts down from 2**32 - 1
}

void clock_start(void) {
    TIMER_LOAD = 0xFFFFFFFF;
    TIMER_CONTROL = TIMER_ON_32_BITS;
    looked = count();
    SYST_RVR = SYST_MS_MAX * CYCLES_A_MS - 1;
    SYST_CVR = 0;
    SYST_CSR = SYST_ON_WITH_INTERRUPT;
}

// A stopped clock, as a fault: nothing that waits for a time goes on.
void clock_stop(void) {
    SYST_CSR = 0;
    TIMER_CONTROL = 0;
}

void clock_interrupt(void) {
    uint32_t passed = (count() - looked) / CYCLES_A_MS;
    looked += passed * CYCLES_A_MS;
    milliseconds += passed;
    if (milliseconds < passed) {
        wraps++;
    }
}

// Whole milliseconds, and the cycles since.
static uint64_t now(uint32_t *cycles) {
    unsigned long state = board_disable_irq();
    clock_interrupt();
    *cycles = count() - looked;
    uint64_t whole = ((uint64_t)wraps << 32) | milliseconds;
    board_enable_irq(state);
    return whole;
}

// Core cycles since the start. Under `-icount shift=0` an instruction is a nanosecond: 40 of them are one cycle.
uint64_t clock_cycles(void) {
    uint32_t cycles;
    uint64_t whole = now(&cycles);
    return whole * CYCLES_A_MS + cycles;
}

static uint64_t slept;
static volatile bool woken; // by an interrupt that MicroPython has not seen yet

void clock_wake(void) {
    woken = true;
}

// Until an interrupt comes, at most for so many milliseconds; -1: as long as may be. With interrupts off, wfi ends
// at one all the same: none can come between the look at `woken` and the sleep, and be slept over.
void clock_sleep(int longest_ms) {
    unsigned long state = board_disable_irq();
    if (!woken && longest_ms != 0) {
        uint64_t start = clock_cycles();
        uint32_t limit_ms = longest_ms < 0 || longest_ms > SYST_MS_MAX ? SYST_MS_MAX : longest_ms;
        SYST_RVR = limit_ms * CYCLES_A_MS - 1;
        SYST_CVR = 0;
        __asm volatile ("wfi");
        slept += clock_cycles() - start;
    }
    woken = false;
    board_enable_irq(state);
}

uint64_t clock_slept(void) {
    return slept;
}

mp_uint_t mp_hal_ticks_ms(void) {
    uint32_t cycles;
    return now(&cycles);
}

mp_uint_t mp_hal_ticks_us(void) {
    uint32_t cycles;
    uint32_t whole = now(&cycles);
    return whole * 1000 + cycles / CYCLES_A_US;
}

mp_uint_t mp_hal_ticks_cpu(void) {
    return clock_cycles();
}

uint64_t mp_hal_time_ns(void) {
    return clock_cycles() * (1000000000 / CORE_HZ);
}

void mp_hal_delay_ms(mp_uint_t wait) {
    uint32_t start = mp_hal_ticks_ms();
    while ((uint32_t)mp_hal_ticks_ms() - start < wait) {
        mp_event_wait_ms(1);
    }
}

void mp_hal_delay_us(mp_uint_t wait) {
    uint32_t start = mp_hal_ticks_us();
    while ((uint32_t)mp_hal_ticks_us() - start < wait) {
    }
}
