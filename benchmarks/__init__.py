"""Measures the assistant: how well it understands, and how fast it is beside Rasa's stock pipeline."""
