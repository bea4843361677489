"""Raspberry Pi Pico (RP2040), MicroPython 1.25 or newer.

Never run on hardware: written against MicroPython's documentation of `machine` (Pin, ADC, I2C, WDT) and the
rp2 quick reference, run on fakes at that level, compiled by mpy-cross.
"""
