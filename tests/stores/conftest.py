"""The stores of actions and gateway, on SQLite and, where it can be started, on a real PostgreSQL."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "actions"))  # where the databases of tests are made

from databases import address as address
from databases import postgresql as postgresql
