"""Write the generated files, or say which of them are out of date."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from tools.generate.codec import render_codec, render_enums
from tools.generate.layout import layouts
from tools.generate.specification import fill, schema_hash
from tools.generate.vectors import frame_vectors, message_vectors, refused_vectors

PROTOCOL = Path(__file__).resolve().parents[2] / "protocol"


def _formatted(source: str, path: Path) -> str:
    """As `ruff format` would leave it, so that the generated files pass the same checks as the others."""
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(path), "-"]
    return subprocess.run(command, input=source, capture_output=True, text=True, check=True).stdout


def _as_json(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def outputs() -> dict[Path, str]:
    """Every generated file and what must stand in it."""
    messages = layouts()
    wire, vectors, specification = (
        PROTOCOL / "oralcam_protocol/wire",
        PROTOCOL / "vectors",
        PROTOCOL / "README.md",
    )
    codec = render_codec(messages, schema_hash(messages))
    return {
        wire / "enums.py": _formatted(render_enums(), wire / "enums.py"),
        wire / "codec.py": _formatted(codec, wire / "codec.py"),
        vectors / "messages.json": _as_json(message_vectors(messages)),
        vectors / "refused.json": _as_json(refused_vectors(messages)),
        vectors / "frames.json": _as_json(frame_vectors()),
        specification: fill(specification.read_text("utf-8"), messages),
    }


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.generate",
        description="Write the codec, the specification's tables and the test vectors from the schema.",
        epilog="Change protocol/oralcam_protocol/schema, run this, commit both.",
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is out of date")
    arguments = parser.parse_args()
    stale = [
        (path, text)
        for path, text in outputs().items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    for path, text in stale:
        name = path.relative_to(PROTOCOL.parent)
        if arguments.check:
            print(f"{name} is out of date: run `python -m tools.generate`", file=sys.stderr)
        else:
            path.write_text(text, "utf-8")
            print(f"wrote {name}")
    if not stale:
        print("generated files are up to date")
    return 1 if arguments.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
