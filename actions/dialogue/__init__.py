"""Dialogues that end in something the user can act on. Rasa is known only to the files beside this package.

field    one thing that is asked for, and what an answer can be
state    what was told so far; lives in one slot of the tracker
said     what is to be said: a response of bot/responses with what fills its gaps
task     what one kind of dialogue must know: its fields, what to ask next, how it ends
"""
