"""What tests run on or against: MicroPython, Debian packages, real servers, a USB VM, bare metal."""
