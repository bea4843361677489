"""Instruments at the bench channel of an emulated camera."""
