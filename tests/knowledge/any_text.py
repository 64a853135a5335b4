"""Texts for property tests: any Unicode, and often what breaks text handling."""

from benchmarks.fuzz.values import TROUBLE, any_text, trouble

__all__ = ["TROUBLE", "any_text", "trouble"]
