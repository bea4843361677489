"""Instruments behind small interfaces, one a file; what drives them is in the folders below."""
