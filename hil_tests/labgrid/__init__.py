"""Benches on other machines: labgrid's coordinator knows the places, its exporters the ports.

labgrid is reached through its programs, never imported: it brings a fork of pyserial that would replace
the one that this project uses, so it lives in an environment of its own (`make labgrid`).
"""
