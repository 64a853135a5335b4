"""A Twilio for development and fault tests: it answers, signs, retries and refuses as the real one does.

Nothing leaves the machine. `python -m channels.fake_twilio` starts it alone.
"""
