"""Edits of entries made in the console: kept, checked, published by a second person (docs/content.md)."""
