"""The camera's application: `core` decides, `services` act, `hal` is all they know of hardware."""
