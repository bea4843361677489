"""Programs written against the version before the house was put in order still find what they import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# What README, docs, CHANGELOG and examples of that version import, and what its docs name in passing
IMPORTS = """
import oralcam
from oralcam import Camera, DeviceDisconnected, Event, Health, Photo, aio, list_cameras, visit, watch_cameras
from oralcam import CameraNotFound, CaptureLost, DeviceFault, LinkError, OralcamError, Shot, Visit, ZoneLight
from oralcam.aio import Camera
from oralcam.camera import Camera
from oralcam.dicom.check import check
from oralcam.dicom.commitment import CommitmentListener, commit
from oralcam.dicom.modules import PATIENT
from oralcam.dicom.node import Node
from oralcam.dicom.photo import photographic_image, secondary_capture
from oralcam.dicom.pixels import extract_jpeg
from oralcam.dicom.store import store
from oralcam.dicom.web import Login, WebArchive, confirm, stow
from oralcam.emulator import Bench, Emulator
from oralcam.emulator.registry import announced
from oralcam.emulator.usb_host import EmulatedUsb
from oralcam.errors import CameraClosed, OralcamError, QueueFull
from oralcam.events import CaptureLost, Event
from oralcam.jpeg import FIELDS, PhotoMetadata, Privacy, inspect, read, require_sound, strip, tag
from oralcam.lighting import PRESETS
from oralcam.outbox.delivery import Delivery
from oralcam.photo import Photo
from oralcam.quality import quality_of, sharpest
from oralcam.record import CaptureRecord, PatientContext, Procedure, Source
from oralcam.record.templates import FULL_MOUTH
from oralcam.sinks.folder import FolderSink
from oralcam.sinks.sink import SinkRefused, SinkUnavailable
from oralcam.sources.worklist import worklist
from oralcam.spool import Spool
from oralcam.testing.plugin import oralcam_camera, oralcam_emulator
from oralcam_protocol.wire.codec import AcknowledgeReply
from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.frame import Decoder, encode_frame
""".strip().splitlines()
MOVED = {
    "from oralcam.sheet import contact_sheet": "from oralcam.contact_sheet import contact_sheet"
}  # CHANGELOG


@pytest.mark.parametrize("line", [*IMPORTS, *MOVED.values()])
def test_an_import_of_the_version_before_works(line: str) -> None:
    names: dict[str, object] = {}
    exec(line, names)
    assert set(names) > {"__builtins__"}


def test_they_work_in_a_process_that_has_imported_nothing_else() -> None:
    for line in ("from oralcam.events import Event", "from oralcam.emulator.usb_host import EmulatedUsb"):
        subprocess.run([sys.executable, "-W", "error", "-c", line], check=True, capture_output=True)


@pytest.mark.parametrize("line", MOVED)
def test_what_has_moved_without_a_trace_is_told_in_the_changelog(line: str) -> None:
    with pytest.raises(ImportError):
        exec(line, {})
    told = (Path(__file__).parents[3] / "CHANGELOG.md").read_text(encoding="utf-8")
    for name in (line, MOVED[line]):
        assert f"`{name.split()[1]}`" in told
