"""The dialogue over the eligibility engine: what is asked, and how a verdict is put into words.

task       the dialogue: one scheme, or all of them compared
told       from what a person told to the engine's facts
verdict    one scheme's verdict in words
comparison several verdicts in words
words.yml  labels around the engine's own sentences
fields.yml the two questions the engine does not have: district and product
"""
