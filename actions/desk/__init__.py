"""What the helpline's staff ask for a caller: answers, districts, eligibility. Read only; nothing is logged.

asked       a question as the bot understands it, with the answers
entries     an entry as staff see it
districts   the district list
forms       a scheme's facts as a form
judged      the verdict over what is filled in
routes      all of it over HTTP
"""
