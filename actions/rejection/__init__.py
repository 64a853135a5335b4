"""What a person can do whose loan was refused: the next step, its days and where it is done (docs/rejection.md).

case       what was told, free of what cannot be
window     from when and until when the Ombudsman can be gone to
advice     the next step
questions  what is still worth asking
fields     what may be asked (fields.yml)
steps      how a step is said and what is offered with it (steps.yml; the sentences are in bot/responses/rejection.yml)
task       the dialogue
"""
