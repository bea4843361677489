"""A practice on one computer, with a real archive and an emulated camera: `make demo-clinic`."""
