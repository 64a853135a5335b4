"""Our parts of the understanding pipeline, one class a file, named in config.yml by module path."""
