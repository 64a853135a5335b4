"""Answers changed by officers: looked up, written, checked, tried out, published by a second person."""
