"""The version: the one source of what SDK, distribution and (generated from here) firmware say."""

# after a change: python -m tools.generate, and install again (`make` does) for the metadata to follow
__version__ = "0.1.0"
