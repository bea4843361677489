"""`python -m tools.trace`: replay a trace, make the ones that are kept. `oralcam trace print` shows one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from oralcam.errors import OralcamError

DESCRIPTION = """Replay traces of sessions.

Record one with `oralcam --trace FILE …`, show it with `oralcam trace print FILE`."""
EXAMPLES = """\
examples:
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
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.trace",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="replay|record")
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
    """Run the command; return the exit code."""
    wanted = arguments(words)
    try:
        code: int = {"replay": _replay, "record": _record}[wanted.command](wanted)
        sys.stdout.flush()
        return code
    except OralcamError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # … | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python tries again at its end
        return NOBODY_READS


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
