"""A cable with a bad contact between SDK and firmware: seeded, scriptable, repeatable."""
