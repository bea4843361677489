"""Thousands of sessions with everything that can go wrong, each from a seed, each judged."""
