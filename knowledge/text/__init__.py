"""Text handling shared by the bot (Python 3.10) and the service (3.11+): standard library, spaCy, rapidfuzz."""
