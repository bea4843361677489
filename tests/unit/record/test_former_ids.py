"""A photo that versions up to 0.1.0 took in under another id is known under its id of now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from oralcam.errors import AlreadyRecorded
from oralcam.files.capture_id import capture_id
from oralcam.record import Device, Doubt, Quarantine, Quarantined, RecordStore
from tests.unit.record.strategies import JPEG, patient, photo

STRADDLES = Quarantined(Doubt.CHANGE_OF_PATIENT, (patient(2), patient(1)))


def test_a_photo_that_was_taken_in_under_its_former_id_is_known(tmp_path: Path) -> None:
    store = RecordStore(tmp_path / "records")
    before = replace(photo(7), capture_id="OC_1-000007", device=Device("OC 1"))
    now = replace(before, capture_id=capture_id("OC 1", 7))
    kept = Quarantine(store).keep(before, STRADDLES, JPEG)
    assert store.known(now) == kept.record_id
    with pytest.raises(AlreadyRecorded):
        Quarantine(store).keep(now, STRADDLES, JPEG)
    assert store.known(replace(now, capture_id=capture_id("OC 1", 8))) is None
    assert store.known(replace(now, device=Device("OC?1"), capture_id=capture_id("OC+1", 7))) is None
