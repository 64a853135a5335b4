"""The page for an agent with a caller on the line: what the action server knows, ready to be read out or sent.

answers     the action server, asked over HTTP
question    one box, results as one types
districts   the district list
eligibility a scheme's form and the verdict over what is filled in
status      an application, once the caller has shown to be its holder
sending     an answer by SMS or WhatsApp
reading     dates and speech as staff need them
"""
