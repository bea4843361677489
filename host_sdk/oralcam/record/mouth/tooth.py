"""A tooth, and the systems in which people name it.

"14" is the upper left first molar in Universal and the upper right first premolar in ISO 3950, so a tooth is
never made from a number alone. Inside, the Universal name is used; `teeth.csv` holds all 52 with the codes
of SNOMED CT, which DICOM's CID 4018 and 4019 use.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from oralcam.errors import InvalidSite
from oralcam.record.mouth import quadrant
from oralcam.record.mouth.quadrant import Quadrant


class ToothSystem(Enum):
    """A system in which people name teeth."""

    UNIVERSAL = "universal"
    ISO_3950 = "iso_3950"
    PALMER = "palmer"

    @property
    def label(self) -> str:
        """The system's name as people write it."""
        return {"universal": "Universal", "iso_3950": "ISO 3950", "palmer": "Palmer"}[self.value]


@dataclass(frozen=True)
class Tooth:
    """One tooth: Universal 1-32 and A-T, supernumerary 51-82 and AS-TS. Raises `InvalidSite`."""

    universal: str

    def __post_init__(self) -> None:
        if self.universal not in _teeth() and self.universal not in _supernumerary():
            raise InvalidSite(f"There is no tooth {_shown(self.universal)} in Universal (1-32, A-T).")

    @classmethod
    def parse(cls, text: str, system: ToothSystem) -> Tooth:
        """Return the tooth that `text` names in `system`. Raises `InvalidSite`.

        Palmer wants the quadrant: "UR6", "upper right 6", "6⏌". Universal takes "#14", ISO 3950 "1.4".
        """
        wanted = unicodedata.normalize("NFKC", text).strip().upper()
        if system is ToothSystem.UNIVERSAL:
            name = re.sub(r"^#?0?(?=\d|[A-T]S?$)", "", wanted)
            if name in _teeth() or name in _supernumerary():
                return cls(name)
            raise InvalidSite(
                f"There is no tooth {_shown(wanted)} in Universal; it has 1-32 and A-T, and 51-82 and AS-TS "
                "for supernumerary teeth."
            )
        if system is ToothSystem.ISO_3950:
            place = quadrant.of_iso3950(re.sub(r"^(\d)[.\- ]?(\d)$", r"\1\2", wanted))
            if place is None:
                raise InvalidSite(
                    f"There is no tooth {_shown(wanted)} in ISO 3950; it has 11-48 and, primary, 51-85."
                )
        else:
            place = quadrant.of_palmer(wanted)
            if place is None:
                raise InvalidSite(
                    f"{_shown(wanted)} names no tooth in Palmer; write the quadrant and 1-8 or A-E: UR6, LLE."
                )
        return cls(_by_iso3950()[f"{place.number}{place.position}"])

    @property
    def iso3950(self) -> str | None:
        """The tooth in ISO 3950, as "26"; None for a supernumerary tooth, for which ISO 3950 has no
        number.
        """
        return None if self.supernumerary else _teeth()[self.universal].iso3950

    @property
    def palmer(self) -> str | None:
        """The tooth in Palmer with the quadrant in letters ("UL6", "ULE"); None for a supernumerary tooth."""
        return None if self.supernumerary else quadrant.palmer(self._quadrant, self._position)

    @property
    def palmer_mark(self) -> str | None:
        """The tooth in Palmer with the quadrant's mark, as "⎿6"; None for a supernumerary tooth."""
        return None if self.supernumerary else quadrant.palmer_mark(self._quadrant, self._position)

    def name_in(self, system: ToothSystem) -> str | None:
        """Return the tooth as `system` writes it; None for a supernumerary tooth outside Universal."""
        if system is ToothSystem.UNIVERSAL:
            return self.universal
        return self.iso3950 if system is ToothSystem.ISO_3950 else self.palmer

    @property
    def snomed_ct(self) -> str | None:
        """SNOMED CT's code; None for a supernumerary tooth."""
        return None if self.supernumerary else _teeth()[self.universal].snomed_ct

    @property
    def meaning(self) -> str:
        """SNOMED CT's words for it, to stand beside the code."""
        if self.supernumerary:
            return f"Supernumerary tooth near {self.name}"
        return _teeth()[self.universal].meaning

    @property
    def name(self) -> str:
        """The tooth for people: "upper left first molar", "primary lower right canine", …"""
        if self.supernumerary:
            return f"supernumerary near {self.neighbour.name}"
        kind = quadrant.kind(self._position, primary=self.primary)
        return f"{'primary ' if self.primary else ''}{self._quadrant.label} {kind}"

    @property
    def supernumerary(self) -> bool:
        """True for a tooth that is one more than there should be."""
        return self.universal not in _teeth()

    @property
    def neighbour(self) -> Tooth:
        """The tooth that a supernumerary one stands next to; the tooth itself for all others."""
        return Tooth(_supernumerary()[self.universal]) if self.supernumerary else self

    @property
    def anterior(self) -> bool:
        """True for an incisor or a canine (Universal 6-11, 22-27, C-H, M-R), or a tooth next to one."""
        return self._position <= 3

    @property
    def primary(self) -> bool:
        """True for a primary (milk) tooth."""
        return self._quadrant.primary

    @property
    def upper(self) -> bool:
        """True in the upper jaw."""
        return self._quadrant.upper

    @property
    def right(self) -> bool:
        """True on the patient's right."""
        return self._quadrant.right

    @property
    def _quadrant(self) -> Quadrant:
        return Quadrant(int(_teeth()[self.neighbour.universal].iso3950[0]))

    @property
    def _position(self) -> int:
        return int(_teeth()[self.neighbour.universal].iso3950[1])

    def __str__(self) -> str:
        return f"{self.universal} (Universal)"


def all_teeth() -> list[Tooth]:
    """Return the 52 teeth, upper right to upper left, lower right to lower left; permanent, then primary."""
    return [Tooth(universal) for universal in _teeth()]


def meanings(text: str) -> str:
    """Return a sentence that says what a bare number or letter may mean, for people who left out the
    system.
    """
    wanted = unicodedata.normalize("NFKC", text).strip().upper()
    said = []
    for system in (ToothSystem.UNIVERSAL, ToothSystem.ISO_3950):
        try:
            said.append(f"the {Tooth.parse(wanted, system).name} in {system.label}")
        except InvalidSite:
            said.append(f"no tooth in {system.label}")
    return f"{_shown(wanted)} is {said[0]} and {said[1]}"


@dataclass(frozen=True)
class _Row:
    iso3950: str
    snomed_ct: str
    meaning: str


@cache
def _teeth() -> dict[str, _Row]:
    text = Path(__file__).with_name("teeth.csv").read_text("utf-8")
    return {
        row["universal"]: _Row(row["iso3950"], row["snomed_ct"], row["meaning"])
        for row in csv.DictReader(text.splitlines())
    }


@cache
def _by_iso3950() -> dict[str, str]:
    return {row.iso3950: universal for universal, row in _teeth().items()}


@cache
def _supernumerary() -> dict[str, str]:
    """Return supernumerary teeth, each with the tooth beside it (the ADA's rule).

    Their names are 50 more than its number, or an S behind its letter.
    """
    return {
        str(int(universal) + 50) if universal.isdigit() else f"{universal}S": universal
        for universal in _teeth()
    }


def _shown(text: str) -> str:
    """Return the text if it looks like a tooth; any other text may be what nobody should read in a log."""
    return f'"{text}"' if re.fullmatch(r"#?[A-Z]{0,2}[\d.]{0,4}", text) and text else "of that name"
