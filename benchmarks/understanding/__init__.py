"""Measures understanding: `python -m benchmarks understanding` runs all of it, `run.py` says in which order.

The messages and what they should get
    reading.py       a YAML list, item by item, a mistake told with its place
    messages.py      the development messages
    judge.py         one verdict for each: right, offered, no answer, wrong

Who is asked
    system.py        the whole system, through the message API; recognise.py tells what its replies answer
    offline.py       retrieval and the district rules alone, without servers

What is measured, each a `Section` of the report
    scores.py        answers, by language, style, hand and what is expected
    out_of_scope.py  what is not ours and was answered all the same
    distress.py      who must be handed to a person
    languages.py     which language a message is in
    spelling.py      whether the answer holds when the same message is typed differently
    calibration.py   whether a probability means what it says; plot.py draws it
    confusions.py    which entries are taken for which
    timing.py        how long it takes and how much memory it holds; timed.py is the process that is timed

recorded.py keeps the figures that `make test` compares with; quality.py asks the development messages alone.
"""
