"""What tests run on or against: MicroPython, Debian packages, real servers, a VM with real USB."""
