"""`python -m benchmarks.chaos.start`: `make run PROFILE=cluster` of what is prepared already."""

import signal
import sys

from deploy import cluster, commands, settings
from deploy.progress import Progress

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(commands.serve_cluster(Progress(1), cluster.load(settings.load())))
