"""The firmware's application and the SDK in one process, in virtual time: a run takes milliseconds.

Simulated are the board (`board.py`), the cable (`cable.py`, with the fault proxy's streams), the host
computer (`computer.py`, `disk.py`) and time (`world.py`). Everything else is what is flashed and installed.
"""
