"""Internal: bytes in and out, by the port, the reader thread, requests and transfers.

It knows no patients.
"""
