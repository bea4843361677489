"""`oralcam outbox`."""

from __future__ import annotations

from oralcam.cli.parsing import seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EXAMPLES = """\
oralcam outbox status                          # what is on its way, and what needs somebody to look
oralcam outbox status --all                    # what was confirmed, too
oralcam outbox retry --sink archive            # try again now whatever is not confirmed there
oralcam outbox retry --record 5f0c…            # … of one record
oralcam outbox run --timeout 60                # send what is due, with no visit under way"""


def add_arguments(parser: ArgumentParser) -> None:
    """What to do, and of what."""
    parser.add_argument("action", choices=("status", "retry", "run"), help="see the examples")
    parser.add_argument("--all", action="store_true", help="status: confirmed deliveries too")
    parser.add_argument("--record", metavar="ID", help="retry: only this record's")
    parser.add_argument("--sink", metavar="NAME", help="retry: only to this sink")
    parser.add_argument("--timeout", type=seconds, metavar="S", help="run: end after S seconds (60)")
    parser.add_argument("--home", metavar="DIR", help="another folder than the program's own")


def run(arguments: Namespace) -> int:
    """Exit code 1 if something is dead (status), or not confirmed in the end (run)."""
    from oralcam.cli.actions import outbox

    return outbox.run(arguments)
