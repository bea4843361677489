"""A visit takes up what its own camera left in the spool, not what a camera of a longer name left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import oralcam
from oralcam import Camera
from oralcam.emulator import Emulator
from oralcam.files.capture_id import capture_id
from oralcam.record import Quarantine, RecordStore
from oralcam.record.timestamps import now
from oralcam.spool import Spool
from oralcam.spool.contents import contents_of
from tests.unit.record.strategies import patient


@pytest.mark.parametrize("described", [True, False])
def test_what_is_in_the_spool_of_a_camera_whose_name_goes_on_is_left_there(
    tmp_path: Path, described: bool
) -> None:
    spool, mine = tmp_path / "spool", "OC-1"
    other = capture_id(f"{mine}-2", 1)
    with Emulator(serial_number=mine) as emulator:
        with Camera.open(emulator, spool=spool) as camera:
            camera.capture()
        (photo,) = contents_of(Spool(spool)).photos
        said: dict[str, Any] = {**photo.description, "serial_number": f"{mine}-2"} if described else {}
        photo.path.rename(spool / f"{other}.jpg")
        photo.path.with_suffix(".json").unlink()
        (spool / f"{other}.json").write_text(json.dumps(said))
        with (
            Camera.open(emulator, spool=spool) as camera,
            oralcam.visit(camera, patient().armed_again(now()), sinks=(), home=tmp_path),
        ):
            assert Quarantine(RecordStore(tmp_path / "records")).ids() == []
        assert [each.capture_id for each in contents_of(Spool(spool)).photos] == [other]
