"""Bytes that nobody would think of, against the code that must survive them."""
