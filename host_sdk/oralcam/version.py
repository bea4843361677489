"""The SDK's version; the same number as the firmware's that it was released with."""

__version__ = "0.1.0"
