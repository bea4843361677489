"""Internal: how a trace is shown to a person, or line by line to a program."""
