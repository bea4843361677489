"""The firmware's version; the same number as the SDK's that it was released with."""

VERSION = "0.1.0"
