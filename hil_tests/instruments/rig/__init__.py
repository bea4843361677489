"""Instruments on a rig controller."""
