"""An emulated USB bus, the devices on it, and a host that sees nothing else: for tests.

Modules without `__all__` are internal.
"""
