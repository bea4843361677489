// MicroPython's options for this board: the port's own, and what the camera's firmware needs beyond them.
#include "ports/qemu/mpconfigport.h"

#undef MICROPY_PY_SELECT
#undef MICROPY_PY_TIME
#undef MICROPY_PY_ASYNCIO
#define MICROPY_PY_SELECT (1)
#define MICROPY_PY_TIME (1)
#define MICROPY_PY_ASYNCIO (1)
#define MICROPY_ENABLE_SCHEDULER (1)
#define MICROPY_PY_OS (1)

// Idle means asleep until the next interrupt.
void clock_sleep(int longest_ms);
#define MICROPY_INTERNAL_WFE(timeout_ms) clock_sleep(timeout_ms)

unsigned long board_disable_irq(void);
void board_enable_irq(unsigned long state);
#define MICROPY_BEGIN_ATOMIC_SECTION() board_disable_irq()
#define MICROPY_END_ATOMIC_SECTION(state) board_enable_irq(state)
