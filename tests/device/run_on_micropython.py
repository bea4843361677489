"""Run one test file under MicroPython: `micropython run_on_micropython.py FILE`.

Prints one JSON line per test function: name, ok, traceback. What the tests themselves print goes through.
A file that cannot be imported ends this program with its traceback on stderr; conftest.py sees to it that
every test of the file then fails.
"""

import gc
import io
import json
import sys


def run(test: object) -> "tuple[bool, str]":
    """Call one test; whether it passed, and the traceback if it did not."""
    try:
        test()  # type: ignore[operator]
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: a test that leaves has not passed
        text = io.StringIO()
        sys.print_exception(error, text)  # type: ignore[attr-defined]
        return False, text.getvalue()
    return True, ""


def main(path: str) -> None:
    """Import the file at `path` and run its tests by name."""
    folder, _, name = path.rpartition("/")
    sys.path.insert(0, folder)
    module = __import__(name.rsplit(".", 1)[0])
    for name in sorted(dir(module)):
        test = getattr(module, name)
        if name.startswith("test_") and callable(test):
            gc.collect()
            ok, traceback = run(test)
            # on a line of its own, whatever the test printed last
            print("\n" + json.dumps({"name": name, "ok": ok, "traceback": traceback}))


main(sys.argv[1])
