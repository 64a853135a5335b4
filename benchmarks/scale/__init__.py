"""What a crowd waits for an answer: a simulation whose costs were measured (docs/scale.md).

`costs.yml` has the processor time of each part of a turn, `arrivals.py` when people write, `line.py` the line they
stand in, `command.py` the cases and the table.
"""
