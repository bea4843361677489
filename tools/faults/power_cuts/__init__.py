"""The bare-metal camera's power fails, again and again; nothing may vanish silently, no number come twice.

`python -m tools.faults.power_cuts random` cuts it at random moments, `every-write` in the middle
of each write and erasure of the flash that a capture takes, one after the other.
"""
