"""`oralcam health`."""

from __future__ import annotations

import sys

from oralcam.cli.camera_options import add_camera_options, open_camera
from oralcam.cli.terminal import aligned, paint, print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EXAMPLES = """\
oralcam health
oralcam health --json
oralcam health >/dev/null || echo needs attention  # exit code 1 if something is wrong"""

UNITS = {"s": "s", "c": "°C", "v": "V", "bytes": "bytes"}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare which camera."""
    add_camera_options(parser)


def run(arguments: Namespace) -> int:
    """Show the camera's state; return 1 if it needs attention."""
    from dataclasses import asdict

    with open_camera(arguments) as camera:
        health = camera.health()
        serial_number = camera.serial_number
    link = vars(camera.link_counters)  # of this session, its end included
    if arguments.json:
        print_json({"serial_number": serial_number, "ok": health.ok, **asdict(health), "link": link})
    else:
        verdict = paint("ok", "green", sys.stdout) if health.ok else paint("not ok", "red", sys.stdout)
        print(f"{serial_number}: {verdict}")
        print(aligned(_row(name, value) for name, value in asdict(health).items()))
        for name, value in link.items():
            if value:
                print(f"link: {name.replace('_', ' ')}: {value}")
    return 0 if health.ok else 1


def _row(name: str, value: object) -> tuple[str, str]:
    words, _, last = name.rpartition("_")
    unit = UNITS.get(last, "") if words else ""
    label = (words if unit else name).replace("_", " ")
    if name == "light_locked":
        return label, str(value or "no")
    if value is None:
        return label, "unknown"
    shown = f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return label, f"{shown} {unit}".rstrip()
