"""A bare-metal board: MicroPython without an operating system, on a Cortex-M3 or M7 that QEMU emulates.

Its link, its bulk interface and its bench are UARTs, its frame, its photos and its flash are parts of 16 MB
of PSRAM that the host sees as a file (layout.py). `port/` is what MicroPython is built with.
"""
