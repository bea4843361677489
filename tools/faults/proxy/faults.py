"""What can go wrong on a cable, and how it is written down.

A script has one fault a line: direction, byte at which it begins, kind, and what the kind needs:

    up 1000 drop 40
    down 0 stall 0.5s
    up 5000 rate 2000 1s
"""

from __future__ import annotations

from dataclasses import dataclass

DIRECTIONS = ("up", "down")  # up: camera to host

# kind: does it need an amount of bytes, a time in seconds?
KINDS: dict[str, tuple[bool, bool]] = {
    "drop": (True, False),  # `amount` bytes vanish
    "corrupt": (True, False),  # `amount` bytes are changed
    "duplicate": (True, False),  # `amount` bytes come twice
    "reorder": (True, False),  # `amount` bytes change places with the `amount` bytes behind them
    "truncate": (False, False),  # the rest of the piece that is being sent vanishes
    "delay": (True, True),  # `amount` bytes leave `seconds` later, all that follows behind them
    "rate": (True, True),  # `amount` bytes take `seconds`
    "stall": (False, True),  # nothing passes for `seconds`
    "half_open": (False, True),  # all of it vanishes for `seconds`, and nobody hangs up
    "cut": (False, False),  # the plug is pulled
    "reset": (False, False),  # the device is reset
    "clock_jump": (False, True),  # the device's clock is pushed ahead by `seconds`
}
ORDERS = ("cut", "reset", "clock_jump")  # carried out by who holds the cable


class BadScript(ValueError):
    """A line that cannot be understood, in a sentence."""


@dataclass(frozen=True)
class Fault:
    """One fault. `at` counts the bytes of its direction since the plan began, pluggings included."""

    kind: str
    direction: str
    at: int
    amount: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        words = [self.direction, str(self.at), self.kind]
        with_amount, with_seconds = KINDS[self.kind]
        if with_amount:
            words.append(str(self.amount))
        if with_seconds:
            words.append(f"{self.seconds!r}s")
        return " ".join(words)


def parse(script: str) -> list[Fault]:
    """The faults of a script; blank lines and what follows # are passed over. Raises `BadScript`."""
    faults = []
    for number, line in enumerate(script.splitlines(), 1):
        words = line.partition("#")[0].split()
        if words:
            try:
                faults.append(_fault(words))
            except ValueError as error:
                raise BadScript(f"Line {number} of the script, {line.strip()!r}: {error}.") from error
    return faults


def _fault(words: list[str]) -> Fault:
    if len(words) < 3:
        raise ValueError("a fault is a direction, a byte and a kind")
    direction, at, kind, *rest = words
    if direction not in DIRECTIONS:
        raise ValueError(f"{direction!r} is neither up nor down")
    if kind not in KINDS:
        raise ValueError(f"there is no {kind!r}; there are {', '.join(KINDS)}")
    with_amount, with_seconds = KINDS[kind]
    if len(rest) != with_amount + with_seconds:
        needs = " and ".join(
            word for word, needed in (("an amount", with_amount), ("a time", with_seconds)) if needed
        )
        raise ValueError(f"{kind} needs {needs or 'nothing more'}")
    amount = _count(rest[0]) if with_amount else 0
    if with_amount and not amount:
        raise ValueError("an amount is 1 or more")
    return Fault(kind, direction, _count(at), amount, _seconds(rest[-1]) if with_seconds else 0.0)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{text!r} is not a number of bytes")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text.removesuffix("s"))
    except ValueError:
        seconds = -1.0
    if not text.endswith("s") or not 0 <= seconds < 1e6:
        raise ValueError(f"{text!r} is not a time such as 0.5s")
    return seconds
