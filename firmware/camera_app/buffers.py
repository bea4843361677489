"""The large buffers, allocated before all other imports: later there is room, but not in one piece."""

from camera_app.core.kept_replies import KEPT, SLOT
from oralcam_protocol.wire.frame import OVERHEAD

SEND_MAX = 8192  # largest payload sent: a frame's fixed cost matters less, the heap bears it
RECEIVE_MAX = 4096  # largest payload taken
READ_MAX = 1024  # bytes taken from a link at once

transmit = bytearray(SEND_MAX + OVERHEAD + 1)
copying = bytearray(4096)  # from the sensor to the store
hashing = bytearray(2048)
replies = bytearray(KEPT * SLOT)  # of the session
EVENT_SLOT = 128  # an event with a photo takes about 100 bytes
events = bytearray(64 * EVENT_SLOT)  # about 25 presses; their photos are listed by PHOTOS in any case
