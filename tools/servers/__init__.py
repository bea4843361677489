"""The real programs that judge and receive our photos: `python -m tools.servers install`."""
