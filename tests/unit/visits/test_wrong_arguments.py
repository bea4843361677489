"""A camera or a patient of another kind is refused with a sentence, before anything begins."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

import oralcam
from oralcam import aio
from oralcam.errors import InvalidPatient
from tests.unit.record.strategies import patient

BLOCKING = object.__new__(oralcam.Camera)
AIO = object.__new__(aio.Camera)


@pytest.mark.parametrize("camera", [AIO, "emulator", None], ids=["aio", "str", "None"])
def test_a_visit_wants_a_blocking_camera(camera: Any, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"wants an oralcam\.Camera; .* there is oralcam\.aio\.visit"):
        oralcam.visit(camera, patient(1), sinks=(), home=tmp_path / "home")
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("camera", [BLOCKING, "emulator", None], ids=["blocking", "str", "None"])
def test_a_visit_for_asyncio_wants_a_camera_for_asyncio(camera: Any, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"wants an oralcam\.aio\.Camera; .* there is oralcam\.visit"):
        asyncio.run(aio.visit(camera, patient(1), sinks=(), home=tmp_path / "home"))
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("nobody", ["Meyer, Anna", None, {"patient_id": "P1"}], ids=["str", "None", "dict"])
def test_a_patient_is_a_patient_context_and_is_not_repeated(nobody: Any, tmp_path: Path) -> None:
    with pytest.raises(InvalidPatient, match=r"not an oralcam\.record\.PatientContext") as refused:
        oralcam.visit(BLOCKING, nobody, barrier_changed=True, sinks=(), home=tmp_path / "home")
    assert "Meyer" not in str(refused.value)
    assert not (tmp_path / "home").exists()
