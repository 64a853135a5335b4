"""Who carries messages for us: one shape, one small file for each."""
