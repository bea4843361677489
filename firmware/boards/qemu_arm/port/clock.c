// Time. A free-running timer counts core cycles; SysTick wakes whoever sleeps, every millisecond, and takes the
// count over. So an interrupt that comes late, or not at all on a busy host, costs no time.
#include "py/mphal.h"
#include "py/runtime.h"
#include "board.h"

#define SYST_CSR REGISTER(0xE000E010)
#define SYST_RVR REGISTER(0xE000E014)
#define SYST_CVR REGISTER(0xE000E018)
#define SYST_ON_WITH_INTERRUPT 7

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
    SYST_RVR = CYCLES_A_MS - 1;
    SYST_CVR = 0;
    SYST_CSR = SYST_ON_WITH_INTERRUPT;
}

// A stopped clock, as a fault: nothing that waits for a time goes on.
void clock_stop(void) {
    SYST_CSR = 0;
    TIMER_CONTROL = 0;
}

void clock_interrupt(void) {
    while (count() - looked >= CYCLES_A_MS) {
        looked += CYCLES_A_MS;
        if (++milliseconds == 0) {
            wraps++;
        }
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

// Until the next interrupt, whichever it is.
void clock_sleep(void) {
    uint64_t start = clock_cycles();
    __asm volatile ("wfi");
    slept += clock_cycles() - start;
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
