"""Writes everything that follows from the protocol's schema."""
