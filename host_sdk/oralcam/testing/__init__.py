"""Helpers for the tests of programs that use oralcam.⏎⏎Modules without `__all__` are internal."""
