"""Entry point: `python -m tools.faults.fuzz TARGET --seconds 60`."""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "firmware"))

CORPUS = REPOSITORY / "tests" / "corpus"
LONGEST_INPUT = 2000
EXAMPLES = """\
examples:
  python -m tools.faults.fuzz decoder                   # a minute
  python -m tools.faults.fuzz transfer --seconds 3600
  python -m tools.faults.fuzz session --keep            # add what reaches new code to tests/corpus/session

A crash is written to a file named crash-…; `python -m tools.faults.fuzz TARGET --input FILE` repeats it.
"""


def main() -> int:
    """Exit code 2 without atheris; the fuzzer's own when it finds something."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.faults.fuzz",
        description="Coverage-guided fuzzing of wire, core and JPEG files, for a bounded time.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("target", choices=("decoder", "jpeg", "messages", "session", "transfer"))
    parser.add_argument("--seconds", type=int, default=60, metavar="S", help="default: 60")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="more inputs to begin with")
    parser.add_argument("--keep", action="store_true", help="keep a minimised corpus in tests/corpus")
    parser.add_argument("--input", type=Path, metavar="FILE", help="only try this input")
    arguments = parser.parse_args()
    if arguments.input is not None:
        from tools.faults.fuzz.oracles import TARGETS

        TARGETS[arguments.target](arguments.input.read_bytes())
        return 0
    try:
        import atheris
    except ImportError:
        print('tools.faults.fuzz: this needs atheris: pip install "oralcam[fuzz]".', file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["oralcam_protocol", "camera_app", "oralcam.jpeg"]):
        from tools.faults.fuzz.oracles import TARGETS
        from tools.faults.fuzz.seeds import seeds_of
    found = CORPUS / arguments.target if arguments.keep else Path(tempfile.mkdtemp(prefix="oralcam-fuzz-"))
    found.mkdir(parents=True, exist_ok=True)
    begin = Path(tempfile.mkdtemp(prefix="oralcam-seeds-"))
    for seed in seeds_of(arguments.target):
        (begin / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)
    folders = [found, begin, CORPUS / arguments.target, arguments.corpus]
    options = [f"-max_total_time={arguments.seconds}", f"-max_len={LONGEST_INPUT}", "-print_final_stats=1"]
    atheris.Setup(
        [sys.argv[0], *options, *(str(folder) for folder in folders if folder and folder.is_dir())],
        TARGETS[arguments.target],
    )
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
