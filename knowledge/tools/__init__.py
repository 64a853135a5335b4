"""What content officers and developers ask of the knowledge: `python -m knowledge --help`."""
