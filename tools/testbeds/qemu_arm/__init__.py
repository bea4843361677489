"""Builds the bare-metal board: MicroPython from Debian's source, the application as a ROMFS.

`python -m tools.testbeds.qemu_arm` builds what is not in the cache yet; `Emulator(board="qemu-arm")` runs it.
"""
