"""Chips and pins as tests see them: register files behind `machine`'s documented interfaces, faults included.

They run on CPython and on MicroPython. What a chip does is written down with its source, and what was not
verified is marked so: a model shows that a driver agrees with the data sheet as we read it, never that
silicon does.
"""
