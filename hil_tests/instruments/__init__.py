"""Instruments behind small interfaces, one in each file; their drivers are in the folders below."""
