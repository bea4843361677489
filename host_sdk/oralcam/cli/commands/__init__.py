"""Internal: one module for each command, named as the command is; `oralcam.cli.command_table` lists them."""
