"""The large buffers, allocated before all other imports: later there is room, but not in one piece."""

from oralcam_protocol.wire.frame import OVERHEAD

SEND_MAX = 4096  # largest payload sent: a frame's fixed cost matters less, the heap bears it
RECEIVE_MAX = 4096  # largest payload taken

# two: while the link carries one frame, the next is made in the other
transmit = (bytearray(SEND_MAX + OVERHEAD + 1), bytearray(SEND_MAX + OVERHEAD + 1))
