"""How the cost grows, in processor time: `python -m benchmarks growth`.

entries       one search among 100 to 10,000 entries
store         the store's work for a turn and for a webhook, with up to a million turns in it
messages      one message of 1 to 1,000 characters
conversation  a turn of one conversation, after 1 to 200 others
command       the four as tables, and drawn
"""
