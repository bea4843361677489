"""An empty store."""

from __future__ import annotations

from pathlib import Path

import pytest

from oralcam.record import (
    RecordStore,
)


@pytest.fixture
def store(tmp_path: Path) -> RecordStore:
    return RecordStore(tmp_path / "records")
