"""The rig's emulator: MicroPython on this computer, pins at the far end of a bench channel."""
