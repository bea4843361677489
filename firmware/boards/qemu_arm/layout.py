"""What is wired to which UART, and what lies where in the PSRAM that board and host share (offset, size).

The host's side of it is oralcam.emulator.qemu_arm.shared_memory; a test compares the two.
"""

UART_LINK, UART_BENCH, UART_BULK = 1, 2, 3  # 0 is the console

SETTINGS = (0x000000, 0x001000)  # JSON, then zeros: what the host tells the board before it starts it
FRAME = (0x010000, 0x3F0000)  # where the sensor's DMA puts a JPEG
PHOTOS = (0x400000, 0x800000)
FLASH = (0xC00000, 0x200000)
