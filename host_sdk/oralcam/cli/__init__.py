"""The command line: one small file a command, with EXAMPLES, `add_arguments(parser)` and `run(arguments)`."""
