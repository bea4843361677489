"""Who imports whom, read from the source: circles of files and of folders, and the picture of the floors."""
