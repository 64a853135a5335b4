"""Channels that are switched off for a while: each then answers with a sentence and the helpline's number."""
