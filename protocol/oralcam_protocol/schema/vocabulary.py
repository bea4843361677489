"""What a schema is written with, beside the constructs: messages, settings, constants.

Only a small vocabulary of constructs is used, so that `tools/generate` can flatten it:
integers, `Bytes`, `PascalString`, `PrefixedArray` and structs within structs.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from construct import Struct


class Message(NamedTuple):
    """A payload with its name and what it is for."""

    name: str
    struct: Struct
    purpose: str


class Constant(NamedTuple):
    """A number or a text that both sides must agree on."""

    name: str
    value: int | str
    purpose: str


class Setting(NamedTuple):
    """One setting: a field of the message Settings, and all that is made from it."""

    field: str  # its name on the wire
    width: Any  # the integer that it is there
    lowest: int  # in the wire's unit, as are the next two
    highest: int
    default: int  # in effect when the camera starts
    purpose: str  # a sentence
    unit: str = ""  # of the SDK's value
    name: str = ""  # in the SDK, where that is another than on the wire
    per_unit: int = 1  # how many of the wire's units make one of the SDK's: 1000 for thousandths
    switch: bool = False  # the SDK's value is True or False
    since_minor: int = 0  # PROTOCOL_MINOR of the version that appended it

    @property
    def meaning(self) -> str:
        """Range, unit and purpose, as the specification's tables say it."""
        since = f"since 1.{self.since_minor}: " if self.since_minor else ""
        part = {1: "", 1000: " thousandths"}[self.per_unit]
        unit = f" {self.unit}" if self.unit and not part else ""
        return (
            f"{since}{self.lowest}..{self.highest}{part}{unit}, {self.default} at start. "
            f"{self.purpose.removesuffix('.')}"
        )
