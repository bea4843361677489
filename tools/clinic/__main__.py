"""`make demo-clinic`: from a worklist and three presses to an archive's promise, on this computer alone."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from oralcam.contact_sheet import SheetPhoto, contact_sheet
from oralcam.errors import OralcamError
from oralcam.outbox.delivery import State
from oralcam.quality import quality_of
from oralcam.record.ids import is_record_id
from oralcam.visits.shot import Shot
from tools.clinic.closeups import CloseUps
from tools.clinic.practice import Wanted, practice_open, seconds_to_proof, today
from tools.testbeds.servers.__main__ import main as servers
from tools.testbeds.servers.installing import missing
from tools.testbeds.servers.orthanc import orthanc_running
from tools.testbeds.servers.worklist_file import write_entry

DESCRIPTION = """\
Starts the archive Orthanc with a worklist and an emulated camera, on loopback, in a temporary folder. Arms
the patient that the worklist expects (a made-up one), presses the button three times, says what each photo
shows, waits until the archive promises to keep all three and a folder has them too. Everything is stopped at
the end; the contact sheet and the photos stay.
"""
NEEDED = ("orthanc", "orthanc-dicomweb")
NAME, PATIENT_ID, BORN, ACCESSION = "Madeup^Zoë=架空^花子", "DEMO-0001", "19900517", "DEMO-A1"
WANTED = (
    Wanted("Universal 8", "Fractured incisal edge after a fall, before bonding", "anterior", (0.47, 0.36)),
    Wanted("ISO 26", "Cracked cusp, sensitive to cold; crown planned", "posterior-left", (0.70, 0.44)),
    Wanted("UR6", "Open margin of the old filling", "posterior-right", (0.30, 0.44)),
)
CAMERA = "EMU-CLINIC"
PHOTOS, SHEET = "clinic-photos", "contact-sheet.jpg"


def main(words: list[str] | None = None) -> int:
    """Run the clinic; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.clinic",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--out", type=Path, default=Path(), metavar="DIR", help=f"for {SHEET} and {PHOTOS} (here)"
    )
    out = parser.parse_args(words).out
    if not _archive_is_here():
        return 2
    try:
        with tempfile.TemporaryDirectory(prefix="oralcam-clinic-") as folder:
            _visit(Path(folder), out)
    except (OralcamError, TimeoutError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _archive_is_here() -> bool:
    """Install the archive if it may be; tell whether it is here."""
    if shutil.which("Orthanc") and not _absent():
        return True
    print("The archive Orthanc is not installed yet: it is installed now, and not left running.")
    if servers(["install"]) == 0 and shutil.which("Orthanc"):
        return True
    print("Without Orthanc and its DICOMweb plugin there is no clinic; `make demo` needs neither.")
    return False


def _absent() -> list[str]:
    try:
        return missing(NEEDED)
    except FileNotFoundError:
        return []  # no Debian: it was found, and tells itself if a plugin is missing


def _visit(folder: Path, out: Path) -> None:
    photos = _emptied(out / PHOTOS)
    with orthanc_running(shutil.which("Orthanc") or "Orthanc", folder / "orthanc") as archive:
        write_entry(
            archive.worklists / "1.wl", "ISO_IR 192", NAME.encode(), PATIENT_ID,
            day=today(), birth_date=BORN, accession=ACCESSION, issuer="Demo Practice (nobody real)",
        )  # fmt: skip
        version = archive.ask("/system")["Version"]
        print(f"Orthanc {version} runs: DICOM port {archive.dicom_port}, HTTP port {archive.http_port}.")
        with practice_open(archive, folder, photos, scene=CloseUps(), serial_number=CAMERA) as practice:
            entry = practice.expected(ACCESSION)
            print(f"The worklist expects {entry.patient.label}.")
            print(f"Armed; three presses of {CAMERA}:")
            shots = practice.photograph(entry, WANTED, operator="Demo")
            for shot in shots:
                print(f"  {_line(shot)}")
            sheet = contact_sheet([_on_sheet(shot) for shot in shots])
        held = sum(len(archive.named(shot.record.sop_uid)) for shot in shots)
        study = archive.named(shots[0].record.study_uid)
        print(f"Orthanc holds {held} photos in {len(study)} study and has promised to keep them.")
    (out / SHEET).write_bytes(sheet)
    print(f"{len(list(photos.glob('*.jpg')))} photos that say whose they are: {photos}")
    print(f"Contact sheet: {out / SHEET}")


def _line(shot: Shot) -> str:
    site = shot.record.site
    where = site.label if site else "?"
    return f"press {shot.record.press_number}  {where:<22} press to proof {seconds_to_proof(shot):.1f} s"


def _on_sheet(shot: Shot) -> SheetPhoto:
    states = {delivery.sink: delivery.state for delivery in shot.deliveries}
    return SheetPhoto(
        shot.record,
        shot.jpeg,
        quality_of(shot.jpeg),
        tuple(sink for sink, state in states.items() if state is State.CONFIRMED),
        tuple(sink for sink, state in states.items() if state is not State.CONFIRMED),
    )


def _emptied(folder: Path) -> Path:
    """Return the folder without the photos of an earlier run, and nothing else taken away."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if is_record_id(path.stem) and path.suffix in (".jpg", ".json"):
            path.unlink()
    return folder


if __name__ == "__main__":
    sys.exit(main())
