"""`python -m tools.trace`: print a trace, replay it, make the ones that are kept."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from oralcam.errors import OralcamError
from oralcam.link.trace import read_header, read_trace

DESCRIPTION = "Print and replay traces of sessions. Record one with `oralcam --trace FILE …`."
EXAMPLES = """\
examples:
  python -m tools.trace print session.trace            every frame, runs of DATA in one line
  python -m tools.trace print session.trace --json     the same for a program
  python -m tools.trace replay session.trace           the recorded camera, for this version of the SDK
  python -m tools.trace replay session.trace --camera emulator
                                                       the recorded host, for this version of the firmware
  python -m tools.trace replay session.trace --camera /dev/ttyACM0
                                                       the same on a real camera: it tells when to press
  python -m tools.trace record tests/recordings/0.1.0  make the recordings that are kept

exit code: 0 as recorded, 1 the replay differs, 2 the file or the camera cannot be used
A trace holds photos: it is as private as they are.
"""
DIFFERS = 1
UNUSABLE = 2
NOBODY_READS = 141


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """The command line, understood."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.trace",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="print|replay|record")
    show = commands.add_parser("print", help="every frame of both directions on a line, then statistics")
    show.add_argument("file", type=Path)
    show.add_argument("--json", action="store_true", help="a JSON object a line")
    show.add_argument("--data", action="store_true", help="every DATA frame on a line of its own")
    replay = commands.add_parser("replay", help="one side as recorded, the other as it is now")
    replay.add_argument("file", type=Path)
    replay.add_argument(
        "--camera",
        metavar="PORT",
        help='be the host of the camera on this port, or of an "emulator" (default: be the camera)',
    )
    record = commands.add_parser("record", help="make the recordings that are kept with a version")
    record.add_argument("folder", type=Path)
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Entry point; returns the exit code."""
    wanted = arguments(words)
    try:
        code: int = {"print": _print, "replay": _replay, "record": _record}[wanted.command](wanted)
        sys.stdout.flush()
        return code
    except OralcamError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # … | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python tries again at its end
        return NOBODY_READS


def _print(wanted: argparse.Namespace) -> int:
    from tools.trace.printing import print_trace
    from tools.trace.sightings import sightings

    header = read_header(wanted.file)
    if not wanted.json:
        print(f"recorded by oralcam {header.get('version', '?')}, {header.get('began', 'some day')}")
        print("time s, → to the camera or ← to the host, kind, session, id, what it says")
    print_trace(sightings(read_trace(wanted.file)), sys.stdout, as_json=wanted.json, fold=not wanted.data)
    return 0


def _replay(wanted: argparse.Namespace) -> int:
    if wanted.camera is None:
        from tools.trace.replaying import replay_on_sdk

        done = replay_on_sdk(wanted.file)
    else:
        from tools.trace.on_camera import replay_on_camera

        done = replay_on_camera(wanted.file, wanted.camera)
    for difference in done.differences:
        print(f"differs: {difference}", file=sys.stderr)
    if done.differences:
        print(f"The replay of {wanted.file} differs in {len(done.differences)} places.", file=sys.stderr)
        return DIFFERS
    print(f"as recorded: {done.summary}")
    return 0


def _record(wanted: argparse.Namespace) -> int:
    kept = next(wanted.folder.glob("*.trace"), None)
    if kept is not None:
        print(f"{kept} is kept as it is: name a folder for the new version.", file=sys.stderr)
        return UNUSABLE
    from tools.trace.recording import record_all
    from tools.trace.scenarios import ScenarioFailed

    try:
        for file in record_all(wanted.folder):
            print(f"wrote {file} ({file.stat().st_size:,} bytes)")
    except ScenarioFailed as failure:
        print(f"The scenario did not go as it should: {failure}.", file=sys.stderr)
        return UNUSABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
