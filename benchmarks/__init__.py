"""Measures the assistant: how right its answers are, and how fast it is beside Rasa's stock pipeline."""
