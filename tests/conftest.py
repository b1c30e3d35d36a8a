"""One switch for all goldens: `pytest --accept` writes what is drawn now as what is expected."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# A suite that decides whether a change may land must say the same thing twice. To go looking for what
# nobody has thought of: HYPOTHESIS_PROFILE=search pytest tests/…
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write goldens instead of comparing with them")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare bytes with the file of that name in the folder `golden` beside the test."""
    folder = Path(request.path).parent / "golden"
    accept = bool(request.config.getoption("--accept"))

    def compare(name: str, found: bytes) -> None:
        path = folder / name
        if accept:
            folder.mkdir(exist_ok=True)
            path.write_bytes(found)
        assert path.exists(), f"{path.name} is not there yet: look at the drawing, then run pytest --accept"
        assert found == path.read_bytes(), f"{path.name} changed: look at it, then run pytest --accept"

    return compare
