"""How fast and how surely messages are delivered: the gateway in a process of its own, people and provider outside.

`command.py` has the options, `plan.py` how much is measured, `servers.py` starts gateway and fakes, `fakes.py` are bot
and provider, `people.py` writes messages as a provider brings them, `counts.py` counts, `results.py` makes the table.
"""
