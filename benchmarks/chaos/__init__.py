"""Everything fails while people write: nothing may be lost, repeated or out of order, and nobody left without a word.

`command.py` has the options, `plan.py` what is done, `place.py` where a run lives, `stores.py` its PostgreSQL and
Redis, `cluster.py` the processes of the cluster profile, `questions.py` what is asked and what must be answered,
`phones.py` and `visitors.py` the people, `faults.py` what goes wrong, `run.py` leads it all, `learning.py` and
`judging.py` know what is right, `results.py` makes the tables.
"""
