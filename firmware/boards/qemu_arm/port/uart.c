// The CMSDK UARTs of an MPS2 board. Received bytes wait in a ring that the interrupt fills; when it is full the
// interrupt is off, and whoever sends has to wait. Sent bytes go out as long as the UART takes them.
#include <stdbool.h>
#include "py/mphal.h"
#include "py/ringbuf.h"
#include "board.h"

typedef struct {
    volatile uint32_t data, state, control, interrupt, divisor;
} cmsdk_uart_t;

#define TRANSMIT_FULL 1u
#define RECEIVE_FULL 2u
#define INTERRUPT_TRANSMITTED 1u
#define INTERRUPT_RECEIVED 2u
#define ENABLE_BOTH 3u
#define TRANSMIT_INTERRUPT 4u
#define RECEIVE_INTERRUPT 8u
#define NVIC_ENABLE REGISTER(0xE000E100)
#define RING_BYTES 8192

static cmsdk_uart_t *const uarts[UARTS] = {
    (cmsdk_uart_t *)0x40004000, (cmsdk_uart_t *)0x40005000,
    (cmsdk_uart_t *)0x40006000, (cmsdk_uart_t *)0x40007000,
};
static const uint8_t receive_irq[UARTS] = UART_RECEIVE_IRQ;
static uint8_t memory[UARTS][RING_BYTES + 1];
static ringbuf_t rings[UARTS];

void uart_open(int number) {
    if (rings[number].buf) {
        return; // it is open, and may hold half a line already
    }
    rings[number] = (ringbuf_t) {memory[number], RING_BYTES + 1};
    uarts[number]->divisor = 16; // the least; QEMU sends at once in any case
    uarts[number]->control = ENABLE_BOTH | TRANSMIT_INTERRUPT | RECEIVE_INTERRUPT;
    NVIC_ENABLE = 3u << receive_irq[number];
}

void uart_received(int number) {
    cmsdk_uart_t *uart = uarts[number];
    uart->interrupt = INTERRUPT_RECEIVED;
    clock_wake();
    while (uart->state & RECEIVE_FULL) {
        if (!ringbuf_free(&rings[number])) {
            uart->control &= ~RECEIVE_INTERRUPT;
            return;
        }
        ringbuf_put(&rings[number], uart->data);
    }
}

void uart_transmitted(int number) { // it has room again
    uarts[number]->interrupt = INTERRUPT_TRANSMITTED;
    clock_wake();
}

size_t uart_waiting(int number) {
    return ringbuf_avail(&rings[number]);
}

int uart_has_room(int number) {
    return !(uarts[number]->state & TRANSMIT_FULL);
}

size_t uart_read(int number, uint8_t *into, size_t size) {
    size_t waiting = ringbuf_avail(&rings[number]);
    size = size < waiting ? size : waiting;
    if (size) {
        ringbuf_get_bytes(&rings[number], into, size);
    }
    if (!(uarts[number]->control & RECEIVE_INTERRUPT)) {
        unsigned long state = board_disable_irq();
        uarts[number]->control |= RECEIVE_INTERRUPT;
        uart_received(number);
        board_enable_irq(state);
    }
    return size;
}

size_t uart_write(int number, const uint8_t *from, size_t size) {
    size_t sent = 0;
    while (sent < size && uart_has_room(number)) {
        uarts[number]->data = from[sent++];
    }
    return sent;
}
