"""Personal numbers out of texts that are kept."""

from channels.privacy.redact import redact

__all__ = ["redact"]
