"""`oralcam trace`."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EXAMPLES = """\
oralcam trace print session.trace         # every frame, runs of DATA in one line, then statistics
oralcam trace print session.trace --data  # every DATA frame on a line of its own
oralcam trace print session.trace --json  # a JSON object a line
oralcam --trace session.trace capture     # record one: it holds photos and is as private as they are"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the action and the file."""
    parser.add_argument("action", choices=("print",), help="see the examples")
    parser.add_argument("file", metavar="FILE", help="a trace that `oralcam --trace FILE …` recorded")
    parser.add_argument("--data", action="store_true", help="show every DATA frame on a line of its own")


def run(arguments: Namespace) -> int:
    """Print the trace. Raises `NotATrace`."""
    from oralcam.cli.trace.printing import print_trace
    from oralcam.trace.decoded import decode_trace
    from oralcam.trace.recorder import read_header, read_trace

    header = read_header(arguments.file)
    if not arguments.json:
        print(f"recorded by oralcam {header.get('version', '?')}, {header.get('began', 'some day')}")
        print("time s, → to the camera or ← to the host, kind, session, id, what it says")
    frames = decode_trace(read_trace(arguments.file))
    print_trace(frames, sys.stdout, as_json=arguments.json, fold=not arguments.data)
    return 0
