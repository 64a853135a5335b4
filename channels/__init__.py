"""The gateway: the only public process. It reaches the bot and the actions over HTTP."""

__version__ = "0.1.0"
