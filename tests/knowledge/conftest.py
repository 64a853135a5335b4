"""What is costly to load, once; the models under var/ are built before the tests run."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from threadpoolctl import threadpool_limits

from knowledge import districts as district_data
from knowledge.districts import Districts
from knowledge.encoder.build import prune
from knowledge.encoder.serve import OnnxEncoder
from knowledge.encoder.weights import Weights, read, wheel_file
from knowledge.entries_loader import Library, load
from knowledge.retrieval import questions
from knowledge.retrieval.features import Readers
from knowledge.retrieval.search import Retriever
from knowledge.text.language import LanguageDetector
from knowledge.text.transliterate import Transliterator

# The same examples in every run, and no folder of remembered ones.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None, max_examples=150)
settings.load_profile("repeatable")


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[None]:
    """Small sums are done sooner by one thread than by many that wait for each other."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="session")
def detector() -> LanguageDetector:
    return LanguageDetector.load()


@pytest.fixture(scope="session")
def transliterate() -> Transliterator:
    return Transliterator.load()


@pytest.fixture(scope="session")
def districts() -> Districts:
    return district_data.load()


@pytest.fixture(scope="session")
def library() -> Library:
    return load()


@pytest.fixture(scope="session")
def encoder() -> OnnxEncoder:
    return OnnxEncoder()


@pytest.fixture(scope="session")
def full() -> Weights:
    """The encoder's weights as packaged."""
    return read(wheel_file())


@pytest.fixture(scope="session")
def pruned(full: Weights) -> Weights:
    """Those that are served."""
    return prune(full)


@pytest.fixture(scope="session")
def readers(library: Library, encoder: OnnxEncoder) -> Readers:
    return Readers.of([q.text for q in questions.load(library)], encoder)


@pytest.fixture(scope="session")
def retriever() -> Retriever:
    return Retriever.load()
