"""Transcripts of calls, from a telephony vendor that hears and speaks itself."""
