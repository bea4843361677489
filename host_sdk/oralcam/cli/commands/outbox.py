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
    """Declare what to do, and with which deliveries."""
    parser.add_argument("action", choices=("status", "retry", "run"), help="see the examples")
    parser.add_argument("--all", action="store_true", help="status: show confirmed deliveries too")
    parser.add_argument("--record", metavar="ID", help="retry: only deliveries of this record")
    parser.add_argument("--sink", metavar="NAME", help="retry: only deliveries to this sink")
    parser.add_argument("--timeout", type=seconds, metavar="S", help="run: end after S seconds (60)")
    parser.add_argument("--home", metavar="DIR", help="use this folder instead of the program's own")


def run(arguments: Namespace) -> int:
    """Show, retry or send; return 1 if something is dead (status), or not confirmed in the end (run)."""
    from oralcam.cli.actions import outbox

    return outbox.run(arguments)
