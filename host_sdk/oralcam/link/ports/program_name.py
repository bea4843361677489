"""The name that a person would give a running program.

Its arguments stay out: they may hold a patient's name.
"""

from __future__ import annotations

import os
import re

INTERPRETERS = re.compile(r"(python|pypy)[\d.]*w?|node|perl|ruby|java|mono|dotnet|bash|sh")
PYTHON = re.compile(r"python|pypy")
PYTHON_FLAGS = frozenset("bBdEhiIOPqsSuvVx")  # take no value, and what follows is still not an argument
PLAIN = re.compile(r"[\w.+-]+")
LONGEST = 40


def program_name(process: int) -> str | None:
    """Return program and script, such as "python3 capture_app.py"; None without a command line.

    Raises OSError where the system does not tell.
    """
    with open(f"/proc/{process}/cmdline", encoding="utf-8", errors="replace") as file:
        return shortened(file.read().rstrip("\0").split("\0"))


def shortened(words: list[str]) -> str | None:
    """Return the same for a command line.

    >>> shortened(["/usr/bin/python3", "-u", "/opt/capture_app.py", "--patient", "Smith"])
    'python3 capture_app.py'
    """
    program = _plain(_path(words[0]))
    if INTERPRETERS.fullmatch(program):
        return f"{program} {_plain(_script(program, words[1:]))}".rstrip()
    return program or None


def _script(program: str, words: list[str]) -> str:
    """Return the script or module that an interpreter runs; "" when in doubt: the next word may be
    anything.
    """
    following = iter(words)
    for word in following:
        if not word.startswith("-"):
            return word
        if PYTHON.match(program):
            if word in ("-W", "-X"):
                next(following, "")
            elif word == "-m":
                return next(following, "")
            elif word == "-" or not PYTHON_FLAGS.issuperset(word[1:]):
                return ""
        else:
            return next(following, "") if (program, word) == ("java", "-jar") else ""
    return ""


def _path(word: str) -> str:
    """Return the first word of a command line.

    A process may have written something behind its own name, which is left out.
    """
    return word if os.path.isfile(word) else word.partition(" ")[0]


def _plain(path: str) -> str:
    """Return a file's name, up to what is unusual in one."""
    found = PLAIN.match(path.replace("\\", "/").rpartition("/")[2])
    return found[0][:LONGEST] if found else ""
