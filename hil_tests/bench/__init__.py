"""A bench: its description, the camera under test, its instruments, ready for the scenarios."""
