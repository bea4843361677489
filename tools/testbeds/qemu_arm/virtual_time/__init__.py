"""The firmware on the bare-metal board in virtual time, counted instruction by instruction.

Under QEMU's `-icount shift=0,sleep=off` an instruction takes a nanosecond, a sleeping processor takes none of
this computer's time, and every run is equal to the one before. Camera and host run in one program then
(`guest`).
"""
