"""A whole visit with a real archive and the emulated camera: what the sensor gave arrives, and says whose."""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pydicom
import pytest
from PIL import Image

from oralcam import jpeg as photos
from oralcam.contact_sheet import contact_sheet
from oralcam.dicom.pixels import extract_jpeg
from oralcam.outbox.delivery import State
from oralcam.record import Source
from oralcam.visits.shot import Shot
from tests.unit.dicom.photos import SAMPLINGS, jpeg
from tools.clinic.__main__ import main as demo
from tools.clinic.practice import ARCHIVE, FOLDER, Practice, Wanted, practice_open, today
from tools.testbeds.servers.orthanc import Orthanc
from tools.testbeds.servers.worklist_file import write_entry

WANTED = (
    Wanted("Universal 8", "Chipped edge", "anterior"),
    Wanted("ISO 26", "Cracked cusp", "posterior-left"),
    Wanted("UR6", "Open margin", "posterior-right"),
)
JAPANESE = "Yamada^Tarou=山田^太郎"

Open = Callable[..., Practice]


@pytest.fixture
def opened(orthanc: Orthanc, tmp_path: Path) -> Iterator[Open]:
    """A practice whose worklist expects one patient; its camera sends these JPEGs in turn."""
    with ExitStack() as stack:

        def practice(*sent: bytes, name: str = "Müller^Zoë", accession: str = "C-1") -> Practice:
            mouths = tmp_path / "mouths"
            mouths.mkdir()
            for number, data in enumerate(sent):
                (mouths / f"{number}.jpg").write_bytes(data)
            entry = orthanc.worklists / f"{accession}.wl"
            stack.callback(entry.unlink)
            patient_id = f"P-{accession}"
            write_entry(entry, "ISO_IR 192", name.encode(), patient_id, day=today(), accession=accession)
            return stack.enter_context(
                practice_open(orthanc, tmp_path, tmp_path / "photos", replay=mouths, store="flash")
            )

        yield practice


def in_archive(orthanc: Orthanc, shot: Shot) -> pydicom.Dataset:
    """The one instance of it."""
    (name,) = orthanc.named(shot.record.sop_uid)
    return pydicom.dcmread(io.BytesIO(orthanc.fetch(f"/instances/{name}/file")))


def promises(orthanc: Orthanc) -> set[str]:
    """What the archive itself says that it promised: its jobs for storage commitment that are done."""
    jobs = orthanc.ask("/jobs?expand")
    return {job["ID"] for job in jobs if (job["Type"], job["State"]) == ("StorageCommitmentScp", "Success")}


def tagged(practice: Practice, shot: Shot) -> bytes:
    return (practice.photos / f"{shot.record.record_id}.jpg").read_bytes()


def test_three_presses_are_three_photos_in_the_archive_and_in_the_folder(
    opened: Open, orthanc: Orthanc
) -> None:
    practice = opened(*[jpeg("4:2:2", width=640, height=480, seed=seed) for seed in (1, 2, 3)])
    entry = practice.expected("C-1")
    promised_before = promises(orthanc)
    shots = practice.photograph(entry, WANTED, operator="Dr. A")
    assert [shot.record.press_number for shot in shots] == [1, 2, 3]
    states = {(each.sink, each.state) for shot in shots for each in shot.deliveries}
    assert states == {(FOLDER, State.CONFIRMED), (ARCHIVE, State.CONFIRMED)}
    assert len(promises(orthanc) - promised_before) == 3
    held = [in_archive(orthanc, shot) for shot in shots]
    assert {one.StudyInstanceUID for one in held} == {entry.order.study_uid}
    assert len({one.SeriesInstanceUID for one in held}) == 1
    (study,) = orthanc.named(entry.order.study_uid)
    (series,) = orthanc.ask(f"/studies/{study}")["Series"]
    assert len(orthanc.ask(f"/series/{series}")["Instances"]) == 3
    files = sorted(path.stem for path in practice.photos.glob("*.jpg"))
    assert files == sorted(shot.record.record_id for shot in shots)
    for shot, wanted in zip(shots, WANTED, strict=True):
        said = photos.read(tagged(practice, shot))
        assert (said.family_name, said.given_name, said.reason) == ("Müller", "Zoë", wanted.reason)
        assert said.body_serial_number == practice.emulator.serial_number
        lit = max(said.light, key=lambda zone: zone.level)
        assert lit.zone.replace("_", "-") == wanted.light
    assert [photos.read(tagged(practice, shot)).teeth for shot in shots] == [("8",), ("26",), ("UR6",)]
    for one, shot in zip(held, shots, strict=True):
        assert (one.PatientName.family_name, one.PatientName.given_name) == ("Müller", "Zoë")
        assert shot.record.site is not None
        (tooth,) = shot.record.site.teeth
        assert one.PrimaryAnatomicStructureSequence[0].CodeValue == tooth.snomed_ct


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_the_sensors_hash_survives_every_way(
    opened: Open, orthanc: Orthanc, sampling: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "oralcam")
    sent = jpeg(sampling, width=640, height=480)
    fingerprint = hashlib.sha256(sent).hexdigest()
    practice = opened(sent, accession=f"H-{sampling.replace(':', '')}")
    (shot,) = practice.photograph(practice.expected(f"H-{sampling.replace(':', '')}"), WANTED[1:2])
    assert list(practice.emulator.bench.accepted.values()) == [fingerprint]  # as it came from the sensor
    assert shot.record.jpeg_sha256 == fingerprint
    in_the_folder = tagged(practice, shot)
    assert hashlib.sha256(in_the_folder).hexdigest() != fingerprint
    assert hashlib.sha256(photos.strip(in_the_folder)).hexdigest() == fingerprint
    assert photos.read(in_the_folder).original_sha256 == fingerprint
    back = in_archive(orthanc, shot)
    assert hashlib.sha256(extract_jpeg(back)).hexdigest() == fingerprint
    assert (f"record {shot.record.record_id}: " in caplog.text) == (sampling == "4:4:4")
    if sampling == "4:4:4":  # illegal in this kind of object as it is: its pixels as RGB, and that is said
        assert back.PhotometricInterpretation == "RGB"
        assert "DERIVED" not in back.ImageType
        with Image.open(io.BytesIO(sent)) as picture:
            assert back.pixel_array.tobytes() == picture.convert("RGB").tobytes()
    else:
        assert back.PhotometricInterpretation == "YBR_FULL_422"


def test_names_of_every_script_come_from_the_worklist_into_both(opened: Open, orthanc: Orthanc) -> None:
    practice = opened(jpeg("4:2:0", width=640, height=480), name=JAPANESE, accession="N-1")
    entry = practice.expected("N-1")
    assert entry.patient.source is Source.WORKLIST
    assert entry.patient.family_name_ideographic == "山田"
    (shot,) = practice.photograph(entry, WANTED[:1])
    name = in_archive(orthanc, shot).PatientName
    assert (name.family_name, name.given_name, name.ideographic) == ("Yamada", "Tarou", "山田^太郎")
    said = photos.read(tagged(practice, shot))
    assert (said.family_name, said.given_name) == ("Yamada", "Tarou")


def test_the_demonstration_ends_with_a_contact_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []

    def noted(cards: list[object]) -> bytes:
        shown.append(len(cards))
        return contact_sheet(cards)  # type: ignore[arg-type]

    monkeypatch.setattr("tools.clinic.__main__.contact_sheet", noted)
    (tmp_path / "clinic-photos").mkdir()
    (tmp_path / "clinic-photos" / "holiday.jpg").write_bytes(b"somebody's own")
    assert demo(["--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "holds 3 photos in 1 study" in said
    assert said.count("press to proof") == 3
    assert "nobody real" in said
    assert shown == [3]
    with Image.open(tmp_path / "contact-sheet.jpg") as sheet:
        assert sheet.width > 2000
    assert len(list((tmp_path / "clinic-photos").glob("*.jpg"))) == 4
