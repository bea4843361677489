"""Internal: one module a command, named as the command is; `oralcam.cli.command_table` lists them."""
