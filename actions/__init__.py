"""What the bot decides: one action a file, served to Rasa over HTTP."""
