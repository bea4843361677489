"""`python -m tools.api` shows what has changed in the public API; `--write` renews docs/api/public.txt."""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path

from tools.api.listing import listing
from tools.api.modules import load

FILE = Path(__file__).parents[2] / "docs" / "api" / "public.txt"


def main() -> int:
    """Return 1 if the file is not as the source says and is not to be written."""
    parser = argparse.ArgumentParser(prog="python -m tools.api", description=__doc__)
    parser.add_argument("--write", action="store_true", help="renew the file")
    wanted = parser.parse_args()
    now = listing(load())
    if wanted.write:
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(now, encoding="utf-8")
        return 0
    then = FILE.read_text(encoding="utf-8")
    sys.stdout.writelines(
        line + "\n" for line in difflib.unified_diff(then.splitlines(), now.splitlines(), lineterm="", n=1)
    )
    return int(then != now)


if __name__ == "__main__":
    sys.exit(main())
