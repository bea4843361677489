"""Internal: bytes to and from one port. Sessions lie above, in `oralcam.link`.

| module | what |
|---|---|
| `transport` | what every port can do; what kind of port a name means |
| `serial_port`, `usb_port` | a serial port or TCP; the camera's bulk interface |
| `preference` | which of a camera's interfaces is tried first |
| `device_lock`, `port_holder`, `program_name` | one program at a time, and who it is |
| `counters` | what went wrong on the link |
"""
