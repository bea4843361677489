"""Adapters of the rig to its boards."""
