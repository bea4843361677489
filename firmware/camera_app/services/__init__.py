"""Tasks around `core`, one small file each. No hardware module is imported here: only `hal` objects."""
