"""The practice: an archive with a worklist, one chair with its camera, a folder for photos."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import oralcam
from oralcam import Camera
from oralcam.dicom.node import Node
from oralcam.emulator import Emulator
from oralcam.outbox.background import close_all
from oralcam.record.timestamps import now
from oralcam.sinks.dicom_store import DicomStoreSink
from oralcam.sinks.folder import FolderSink
from oralcam.sinks.sink import Sink
from oralcam.sources.worklist import worklist
from oralcam.sources.worklist_entry import WorklistEntry
from oralcam.visits.shot import Shot
from tools.clinic.closeups import CloseUps
from tools.testbeds.servers.orthanc import TITLE, Orthanc

ARCHIVE, FOLDER = "archive", "folder"
PATIENCE_S = 30.0
HAND_S = 0.15  # as long as a hand takes at least from the screen to the camera: see arming.TOLERANCE_S


@dataclass(frozen=True)
class Wanted:
    """A photo that is to be taken, and what is said of it after the press.

    `look_at` is where the hand leads the camera, in a scene that it can be led through.
    """

    site: str
    reason: str
    light: str = "even"
    look_at: tuple[float, float] | None = None


@dataclass(frozen=True)
class Practice:
    """A practice. `photos` is the folder for tagged JPEGs, `home` where records and outbox are."""

    archive: Orthanc
    emulator: Emulator
    camera: Camera
    home: Path
    photos: Path
    scene: CloseUps | None = None

    @property
    def node(self) -> Node:
        """The archive's DICOM service, which is its worklist's too."""
        return Node("127.0.0.1", self.archive.dicom_port, TITLE)

    def expected(self, accession: str) -> WorklistEntry:
        """Return today's entry of that number in the worklist."""
        (entry,) = (
            entry for entry in worklist(self.node).entries if entry.order.accession_number == accession
        )
        return entry

    def sinks(self) -> list[Sink]:
        """Return the folder, and the archive with storage commitment."""
        listen = ("127.0.0.1", self.archive.commitment_port)
        return [
            FolderSink(FOLDER, self.photos, self.home / "handed_over"),
            DicomStoreSink(ARCHIVE, self.node, listen=listen),
        ]

    def photograph(self, entry: WorklistEntry, wanted: Sequence[Wanted], **options: Any) -> tuple[Shot, ...]:
        """Arm the patient; press for each photo, then say what it shows; wait until all sinks hold all.

        `options` are those of `oralcam.visit`. Raises `TimeoutError`.
        """
        options = {"sinks": self.sinks(), "home": self.home, "order": entry.order, **options}
        with oralcam.visit(self.camera, entry.patient.armed_again(now()), **options) as visit:
            hand_moves()
            presses = visit.presses(PATIENCE_S)
            for photo in wanted:
                self.camera.lighting.preset(photo.light)
                if photo.look_at is not None and self.scene is not None:
                    self.scene.look_at(*photo.look_at)
                self.emulator.bench.press()
                shot = next(presses, None)
                if shot is None:
                    raise TimeoutError(f"A press did not become a photo within {PATIENCE_S:g} s.")
                shot.describe(site=photo.site, reason=photo.reason)
            if not visit.wait_confirmed(PATIENCE_S):
                raise TimeoutError(f"Not every photo is confirmed within {PATIENCE_S:g} s.")
            return visit.shots


def hand_moves() -> None:
    """Wait between arming and pressing; closer together, nobody could tell their order."""
    time.sleep(HAND_S)


def seconds_to_proof(shot: Shot) -> float:
    """Return the seconds from the button to the last sink's proof."""
    pressed = shot.record.pressed_at or shot.record.taken_at
    proven = max(delivery.changed_at for delivery in shot.deliveries)
    return proven - pressed.timestamp()


@contextmanager
def practice_open(archive: Orthanc, folder: Path, photos: Path, **emulated: Any) -> Iterator[Practice]:
    """Open a practice with a camera of its own below `folder`; `emulated` are options of `Emulator`."""
    photos.mkdir(parents=True, exist_ok=True)
    with (
        Emulator(**emulated) as emulator,
        Camera.open(emulator, spool=folder / "spool") as camera,
    ):
        try:
            scene = emulated.get("scene")
            yield Practice(
                archive,
                emulator,
                camera,
                folder / "practice",
                photos,
                scene if isinstance(scene, CloseUps) else None,
            )
        finally:
            close_all()


def today() -> str:
    """Return today as DICOM writes dates."""
    return f"{datetime.now():%Y%m%d}"
