"""What is costly to load, once; the models under var/ are built before the tests run."""

import pytest
from hypothesis import settings

from knowledge import districts as district_data
from knowledge.districts import Districts
from knowledge.encoder.serve import OnnxEncoder
from knowledge.entries_loader import Library, load
from knowledge.retrieval.search import Retriever
from knowledge.text.language import LanguageDetector
from knowledge.text.transliterate import Transliterator

# The same examples in every run, and no folder of remembered ones.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None, max_examples=150)
settings.load_profile("repeatable")


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
def retriever() -> Retriever:
    return Retriever.load()
