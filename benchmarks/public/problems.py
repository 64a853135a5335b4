"""What can be wrong with the data sets given."""

from benchmarks.errors import BenchmarkError


class DataError(BenchmarkError):
    """A file is missing or not as expected; says which and how."""
