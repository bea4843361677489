"""MicroPython's own remote control, `mpremote`, as a service console."""
