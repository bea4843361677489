"""The description of a bench, as its file says: it is checked whole before anything is opened."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hil_tests.bench.calibration import KEYS, Calibration, calibration_of
from hil_tests.bench.counts import COUNT_KEYS, Counts, counts_from
from hil_tests.errors import BenchError
from hil_tests.instruments.drivers import DRIVERS, Resource
from hil_tests.labgrid.table import KEYS as LABGRID_KEYS
from hil_tests.labgrid.table import ROLES, PlaceSettings, settings_from
from oralcam.files.toml_table import Table

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).resolve().parents[1]
BUILT_IN = HERE / "benches"
EMULATOR = "emulator"
USB_VM = "usb-vm"
BARE_METAL = ("qemu-arm", "qemu-arm-m7")


@dataclass(frozen=True)
class CameraDescription:
    """Where the camera is: a port, "emulator", "usb-vm" or one of BARE_METAL (`port`), or a serial number.

    `photo_bytes` and `store` are for emulated cameras.
    """

    place: str
    port: str
    serial_number: str
    photo_bytes: int
    store: str

    @property
    def emulated(self) -> bool:
        """True if there is no camera but its firmware."""
        return self.port in (EMULATOR, USB_VM, *BARE_METAL)


@dataclass(frozen=True)
class RigDescription:
    """Where the rig controller is: a port or "emulator", or a serial number."""

    place: str
    port: str
    serial_number: str


@dataclass(frozen=True)
class Installed:
    """One instrument: its driver, where it is, how long it may be believed."""

    place: str
    driver: str
    resource: Resource
    calibration: Calibration | None


@dataclass(frozen=True)
class Description:
    """A whole bench. One that is not `thorough` leaves out tests that differ little from others.

    `labgrid` names a place on another machine (hil_tests/labgrid).
    """

    file: str
    name: str
    hardware: bool
    thorough: bool
    camera: CameraDescription
    rig: RigDescription | None
    instruments: Mapping[str, Installed]
    counts: Counts
    labgrid: PlaceSettings | None


def find_file(named: str, folder: Path) -> Path:
    """Return the file that `--bench NAME` means: a built-in bench, or a path from `folder` or below
    hil_tests.

    Raises `BenchError` if there is none.
    """
    if not named.endswith(".toml"):
        built_in = BUILT_IN / f"{named}.toml"
        if built_in.exists():
            return built_in
        known = ", ".join(sorted(path.stem for path in BUILT_IN.glob("*.toml")))
        raise BenchError(f"There is no bench {named}; there are {known}, or name a FILE.toml.")
    for path in (folder / named, HERE / named):
        if path.is_file():
            return path
    raise BenchError(
        f"There is no file {named}, neither in {folder} nor in {HERE}: name a bench's .toml file."
    )


def read_description(path: Path, today: datetime.date) -> Description:
    """Read and check a file. Raises `BenchError`, one sentence, for every fault in it."""
    file = path.name
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BenchError(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise BenchError(f"{file} is not UTF-8 text: save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise BenchError(f"{file} is not TOML: {error}.") from error
    root = Table(file, "", data, ("bench", "camera", "rig", "labgrid", "counts", "instruments"), BenchError)
    bench = root.table("bench", ("name", "hardware", "thorough"))
    hardware = bench.yes_no("hardware")
    remote = "labgrid" in root
    camera = _camera(root, remote)
    rig = _rig(root, remote) if "rig" in root else None
    return Description(
        file=file,
        name=bench.text("name"),
        hardware=hardware,
        thorough=bench.yes_no("thorough", True),
        camera=camera,
        rig=rig,
        instruments=_instruments(root.table("instruments", tuple(DRIVERS)), today, hardware, rig),
        counts=counts_from(root.table("counts", COUNT_KEYS)),
        labgrid=_labgrid(root, camera, rig) if remote else None,
    )


def _camera(root: Table, remote: bool) -> CameraDescription:
    table = root.table("camera", ("port", "serial_number", "photo_bytes", "store"))
    port, serial_number = table.text("port", ""), table.text("serial_number", "")
    if not port and not serial_number and not remote:
        raise BenchError(
            f'{table.place} lacks the key port: name a port, "emulator" or "usb-vm", or give a serial_number.'
        )
    camera = CameraDescription(
        place=table.place,
        port=port,
        serial_number=serial_number,
        photo_bytes=table.whole("photo_bytes", 300_000, low=10_000, high=8_000_000),
        store=table.choice("store", ("flash", "psram"), "flash"),
    )
    for key in ("photo_bytes", "store"):
        if key in table and not camera.emulated:
            raise BenchError(f"{table.place} {key} is for emulated cameras: a real one has what it has.")
    return camera


def _rig(root: Table, remote: bool) -> RigDescription:
    table = root.table("rig", ("port", "serial_number"))
    port, serial_number = table.text("port", ""), table.text("serial_number", "")
    if not port and not serial_number and not remote:
        raise BenchError(
            f'{table.place} lacks the key port: name a port or "emulator", or give a serial_number.'
        )
    return RigDescription(table.place, port, serial_number)


def _labgrid(root: Table, camera: CameraDescription, rig: RigDescription | None) -> PlaceSettings:
    """Return the place's settings.

    The place is asked for the ports that the description does not name; for none, if it is but a lock.
    """
    asked = {"camera": not camera.port, "rig": rig is not None and not rig.port}
    return settings_from(root.table("labgrid", LABGRID_KEYS), tuple(role for role in ROLES if asked[role]))


def _instruments(
    table: Table, today: datetime.date, hardware: bool, rig: RigDescription | None
) -> dict[str, Installed]:
    installed = {}
    for kind in table.words:
        drivers = DRIVERS[kind]
        every = tuple(dict.fromkeys(key for driver in drivers.values() for key in driver.keys))
        loose = table.table(kind, ("driver", *KEYS, *every))
        name = loose.choice("driver", tuple(drivers))
        driver = drivers[name]
        inner = table.table(kind, ("driver", *KEYS, *driver.keys))
        if driver.on_rig and rig is None:
            raise BenchError(f'{inner.place} driver = "{name}" needs the table [rig]: add it.')
        dated = any(key in inner for key in KEYS)
        due = (hardware and driver.measures) or dated
        calibration = calibration_of(inner, today) if due else None
        installed[kind] = Installed(inner.place, name, driver.read(inner), calibration)
    return installed
