"""Small commands for those who work on oralcam; each has --help."""
