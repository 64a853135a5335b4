"""`python -m benchmarks.public`: the same as `python -m benchmarks public`."""

import argparse
import sys

from benchmarks.errors import BenchmarkError
from benchmarks.public import command
from knowledge.errors import KnowledgeError


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.public", description=command.DESCRIPTION)
    command.options(parser)
    try:
        command.run(parser.parse_args())
    except (BenchmarkError, KnowledgeError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
