"""The version: the one source of what the SDK, the distribution and (generated from here) the firmware say.

Change it here, run `python -m tools.generate`, and install again (`make` does) for the metadata to follow.
"""

__version__ = "0.1.0"
