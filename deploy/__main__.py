"""`python3 -m deploy <command>`: what the Makefile calls."""

import sys

if sys.version_info < (3, 8):  # noqa: UP036  # the one place where an older one may arrive
    sys.exit("Python 3.8 or newer is needed to start: run `make PYTHON=/path/to/a/newer/python3`.")

from deploy.commands import main  # after the check, since it does not load on older versions

sys.exit(main(sys.argv[1:]))
