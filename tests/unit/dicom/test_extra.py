"""Without pydicom and pynetdicom: a sentence. With them: loaded only where they are used."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from oralcam.dicom import commitment, photo, store
from oralcam.dicom.node import Node
from oralcam.errors import MissingExtra
from oralcam.sources.worklist import worklist
from tests.unit.dicom.photos import jpeg, record

NODE = Node("127.0.0.1", 104, "ARCHIVE")
HEAVY = {"pydicom", "pynetdicom", "PIL", "numpy"}
EVERYTHING = (
    "oralcam.dicom, oralcam.dicom.photo, oralcam.dicom.check, oralcam.dicom.store, oralcam.dicom.commitment, "
    "oralcam.dicom.web, oralcam.sources.worklist"
)


@pytest.mark.parametrize("missing", ["pydicom", "pynetdicom"])
def test_what_is_missing_is_said(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = photo.photographic_image(record(), jpeg())
    monkeypatch.setitem(sys.modules, missing, None)
    calls: list[Any] = [
        lambda: store.store(NODE, made),
        lambda: commitment.commit(NODE, []),
        lambda: commitment.CommitmentListener(),
        lambda: worklist(NODE),
    ]
    if missing == "pydicom":
        calls.append(lambda: photo.photographic_image(record(), jpeg()))
    for call in calls:
        with pytest.raises(MissingExtra, match=r'pip install "oralcam\[dicom\]"'):
            call()


def test_importing_our_modules_loads_neither() -> None:
    code = (
        f"import sys; import {EVERYTHING}; print({HEAVY!r} & {{name.split('.')[0] for name in sys.modules}})"
    )
    command = [sys.executable, "-c", code]
    asked = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert asked.stdout.strip() == "set()"
