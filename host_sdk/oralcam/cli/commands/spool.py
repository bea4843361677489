"""`oralcam spool`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EXAMPLES = """\
oralcam spool status                   # photos that arrived and that no program saved
oralcam spool recover --out rescued    # save them all; they leave the spool
oralcam spool purge                    # what would be deleted
oralcam spool purge --yes              # delete it"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what to do, and where."""
    parser.add_argument("action", choices=("status", "recover", "purge"), help="see the examples")
    parser.add_argument(
        "--out", metavar="DIR", help="recover: save the photos in DIR, which is made if missing"
    )
    parser.add_argument(
        "--yes", action="store_true", help="purge: delete, instead of showing what would be deleted"
    )
    parser.add_argument("--spool", metavar="DIR", help="use this spool instead of the usual one")


def run(arguments: Namespace) -> int:
    """Look, save or delete. Raises `SpoolError`, `OutputNotWritable`."""
    from oralcam.cli.actions import spool

    return spool.run(arguments)
