"""Printed targets: a person, or a slider that this program does not know, put them before the camera."""
