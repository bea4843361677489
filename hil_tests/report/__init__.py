"""Measured values with units and limits, and where they go."""
