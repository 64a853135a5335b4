"""The page on which staff answer people."""
