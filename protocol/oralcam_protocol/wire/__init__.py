"""What speaks the protocol. One source: runs unchanged on CPython and on the camera's MicroPython.

Only `struct` and `binascii` are imported here. See protocol/README.md, "Writing for both interpreters".
"""
