"""The firmware, broken on purpose in one place at a time: the test that is named for it must notice."""
