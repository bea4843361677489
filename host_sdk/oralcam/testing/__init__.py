"""Helpers for the tests of programs that use oralcam."""
