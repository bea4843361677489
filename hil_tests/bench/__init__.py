"""What a bench is: its description, the camera under test, its instruments, ready for the scenarios."""
