// What the board's C files know of each other.
#pragma once
#include <stddef.h>
#include <stdint.h>

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define CORE_HZ 25000000

// clock.c
void clock_start(void);
void clock_interrupt(void);
void clock_stop(void);
void clock_wake(void);
uint64_t clock_cycles(void);
uint64_t clock_slept(void);

// start.c
void board_reset(void);

// uart.c: UART 0 is the console and the port's own; 1 to 3 are the application's.
#define UARTS 4
#define UART_BENCH 2
#define UART_RECEIVE_IRQ {0, 2, 4, 18} // the interrupt of transmission is the next one
void uart_open(int number);
void uart_received(int number);
void uart_transmitted(int number);
size_t uart_waiting(int number);
int uart_has_room(int number);
size_t uart_read(int number, uint8_t *into, size_t size);
size_t uart_write(int number, const uint8_t *from, size_t size);
