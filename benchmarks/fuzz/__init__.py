"""Hostile input for every way in: `python -m benchmarks fuzz`, and a little of it in `make test` (tests/fuzz).

values      texts, numbers and JSON that break things; shared with the tests
calls       HTTP requests made of them
entrance    what is tried, and what counts as broken
opened      gateway and action server in this process, on stores of their own
webhooks, api, console, actions_server     the entrances over HTTP
files, texts                               the entrances that need none
running     sends a number of inputs, and measures
command     the whole of it, as a table
"""
