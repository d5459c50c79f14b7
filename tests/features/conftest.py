"""What feature tests share."""

from pathlib import Path

import pytest

from tests.accounts import Clock


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of this process and of those it starts; nothing waits for real time."""
    monkeypatch.setenv("MAATWERK_CLOCK", str(tmp_path / "clock"))
    return Clock(tmp_path / "clock")
