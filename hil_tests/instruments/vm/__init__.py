"""Instruments that only the USB VM has."""
