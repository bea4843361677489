"""The emulator's device side: MicroPython's unix port is one more board.

Its link is the pty behind stdin and stdout. Its button, light, temperature and sensor are at the other
end of the bench channel (boards/bench), never of the product's link.
"""
