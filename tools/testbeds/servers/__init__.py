"""The real programs that judge and receive our photos: `python -m tools.testbeds.servers install`."""
