"""Voice notes: fetched from the provider, decoded, and written down by a Whisper model on this machine.

fetching    the file, from the provider and nobody else
audio       its sound, and no more of it than somebody says at once
whisper     what is said, and how sure the model is
notes       all of it, as delivery asks for it (channels/delivery/speech.py)
"""
