"""Parts of an emulated board at the other end of the bench channel (channel.py), faults included (faults.py).

Every emulated board is made of these; what differs is its links, its memory and how the channel is carried.
The bench is a process of its own. It models what hardware is: it sees the enable line and the driver's
currents and decides what is lit; it counts the watchdog down and pulls the reset line. Nothing that the
application believes reaches it.
"""
