"""The helpline by telephone, over Twilio Voice.

routes      signed webhooks, one for each kind of step
calls       a step of a call, answered once however often Twilio asks
steps       what follows on what was heard
screen      what is said next and what may be answered; twiml turns it into Twilio's document
speech      an answer of the bot cut into pieces that can be listened to
words       commands and choices in what was said or pressed
"""
