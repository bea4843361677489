"""What stands in for hardware in tests, and where it comes from."""
