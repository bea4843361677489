"""Write the generated files, or say which of them are out of date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.generate.files import outputs

REPOSITORY = Path(__file__).resolve().parents[2]


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.generate",
        description="Write what follows from the schemas and the version: codecs, settings, tables, vectors.",
        epilog="Change protocol/oralcam_protocol/schema, hil_tests/rig/schema.py or "
        "host_sdk/oralcam/version.py; run this; commit both.",
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is out of date")
    arguments = parser.parse_args()
    stale = {name: text for name, text in outputs(REPOSITORY).items() if _read(REPOSITORY / name) != text}
    for name, text in stale.items():
        if arguments.check:
            print(f"{name} is out of date: run `python -m tools.generate`", file=sys.stderr)
        else:
            (REPOSITORY / name).write_text(text, "utf-8")
            print(f"wrote {name}")
    if not stale:
        print("generated files are up to date")
    return 1 if arguments.check and stale else 0


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
