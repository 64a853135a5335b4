"""What is measured in a test is written where the test may write."""

from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.understanding import section


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of a real run is written over."""
    monkeypatch.setattr(section, "BENCH", tmp_path)
    monkeypatch.setattr(report, "BENCH", tmp_path)
    monkeypatch.setattr(report, "RESULTS", tmp_path / "results.md")
    return tmp_path
