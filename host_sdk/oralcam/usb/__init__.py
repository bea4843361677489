"""Internal: what is true of the camera as a USB device, for all that look for it, open it or emulate it.

| module | what |
|---|---|
| `ids` | its numbers, names of its ports, where Linux shows it |
| `descriptors`, `interface` | its interfaces as libusb describes them; the bulk one among them |
| `libusb` | libusb through pyusb |
| `70-oralcam.rules` | the rules with which Linux lets a user open it (`oralcam udev --print`) |
"""
