"""Internal: the command line, whose options and exit codes are public.

One small file a command, with EXAMPLES, `add_arguments(parser)` and `run(arguments)`.
"""
