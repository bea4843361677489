"""The command `oralcam`: one small file a command."""
