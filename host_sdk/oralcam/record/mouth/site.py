"""Where in the mouth a photo was taken."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from oralcam.errors import InvalidSite
from oralcam.record.mouth.area import Area
from oralcam.record.mouth.quadrant import of_palmer
from oralcam.record.mouth.surface import Surface, legal_surfaces, parse_surfaces
from oralcam.record.mouth.tooth import Tooth, ToothSystem, meanings
from oralcam.record.mouth.view import Mirror, View

MOST_TEETH = 64  # the 52, and some that should not be
_PREFIXES = {
    "UNIVERSAL": ToothSystem.UNIVERSAL,
    "ISO3950": ToothSystem.ISO_3950,
    "ISO_3950": ToothSystem.ISO_3950,
    "ISO 3950": ToothSystem.ISO_3950,
    "ISO": ToothSystem.ISO_3950,
    "FDI": ToothSystem.ISO_3950,
    "PALMER": ToothSystem.PALMER,
}


@dataclass(frozen=True)
class Site:
    """The place in the mouth that a photo shows: teeth, with their surfaces, or an area, or both.

    Raises `InvalidSite`. Both are the gingiva at a tooth, for one. `system` is the one in which the teeth
    were named; it is None only where there are none. Surfaces that have another name on these teeth are
    changed, and `notices` say so. `retractor` is True if one held lips or cheeks away.
    """

    teeth: tuple[Tooth, ...] = ()
    system: ToothSystem | None = None
    surfaces: tuple[Surface, ...] = ()
    area: Area | None = None
    view: View | None = None
    mirror: Mirror = Mirror.NONE
    retractor: bool = False
    notices: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "teeth", tuple(dict.fromkeys(self.teeth)))
        if not self.teeth and self.area is None:
            raise InvalidSite("Name the tooth, the teeth or the area that the photo shows.")
        if len(self.teeth) > MOST_TEETH:
            raise InvalidSite("These are more teeth than there are.")
        if self.teeth and self.system is None:
            raise InvalidSite("Say in which system the teeth are named: Universal, ISO 3950 or Palmer.")
        if self.system is not ToothSystem.UNIVERSAL and any(tooth.supernumerary for tooth in self.teeth):
            # 51 is the primary incisor in ISO 3950
            raise InvalidSite("Supernumerary teeth have names in Universal only; name all of these in it.")
        if not self.teeth:
            object.__setattr__(self, "system", None)
        surfaces, notices = legal_surfaces(self.surfaces, self.teeth)
        object.__setattr__(self, "surfaces", surfaces)
        object.__setattr__(self, "notices", tuple(dict.fromkeys((*self.notices, *notices))))

    @classmethod
    def parse(
        cls,
        text: str,
        *,
        system: ToothSystem | None = None,
        surfaces: str = "",
        view: View | None = None,
        mirror: Mirror = Mirror.NONE,
        retractor: bool = False,
    ) -> Site:
        """Return the site that people write so: an area, or teeth with commas or spaces between them.

        The system stands in `system` or before each tooth ("ISO:14", "FDI 14", "Universal 14"); a Palmer
        quadrant ("UR6") names its system by itself. A bare number is refused with what it may mean. Raises
        `InvalidSite`.
        """
        area = Area.parse(text)
        if area is not None and not surfaces:
            return cls(area=area, view=view, mirror=mirror, retractor=retractor)
        teeth, systems = [], []
        for word in _words(text):
            tooth, named_in = _tooth(word, system)
            teeth.append(tooth)
            systems.append(named_in)
        if len(set(systems)) > 1:
            raise InvalidSite("The teeth are named in different systems; name them all in one.")
        if not teeth:
            raise InvalidSite("Name the tooth, the teeth or the area that the photo shows.")
        legal, notices = parse_surfaces(surfaces, tuple(teeth)) if surfaces.strip() else ((), ())
        return cls(tuple(teeth), systems[0], legal, None, view, mirror, retractor, notices)

    @property
    def label(self) -> str:
        """The site for people, with the system: "26 (ISO 3950) MOD, occlusal, in a mirror"."""
        parts = []
        if self.teeth and self.system is not None:
            names = ", ".join(tooth.name_in(self.system) or str(tooth) for tooth in self.teeth)
            parts.append(f"{names} ({self.system.label}) {self.surface_letters}".rstrip())
        if self.area is not None:
            parts.append(self.area.label)
        if self.view is not None:
            parts.append(self.view.meaning)
        if self.mirror is not Mirror.NONE:
            parts.append(f"in a mirror, {self.mirror.value}")
        if self.retractor:
            parts.append("with a retractor")
        return ", ".join(parts)

    @property
    def surface_letters(self) -> str:
        """The surfaces as charts write them: "MOD"."""
        return "".join(surface.value for surface in self.surfaces)

    @property
    def right(self) -> bool | None:
        """True on the patient's right, False on the left, None on both sides."""
        sides: set[bool | None] = {tooth.right for tooth in self.teeth}
        if not sides and self.area is not None:
            sides = {self.area.right}
        return sides.pop() if len(sides) == 1 else None


def _words(text: str) -> list[str]:
    """Return a word for each tooth: what belongs together ("ISO 3950 14", "upper right 6") stays together."""
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    words: list[str] = []
    for part in parts:
        whole = _split_prefix(part)[0] is not None or of_palmer(part.upper()) is not None
        words += [part] if whole else part.split()
    return words


def _split_prefix(word: str) -> tuple[ToothSystem | None, str]:
    upper = word.strip().upper()
    for prefix in sorted(_PREFIXES, key=len, reverse=True):
        match = re.fullmatch(rf"{re.escape(prefix)}[\s:#]+(\S.*)", upper)
        if match:
            return _PREFIXES[prefix], match[1]
    return None, word


def _tooth(word: str, system: ToothSystem | None) -> tuple[Tooth, ToothSystem]:
    named_in, rest = _split_prefix(word)
    if named_in is None and of_palmer(word.upper()) is not None:
        named_in = ToothSystem.PALMER
    if named_in is not None and system is not None and named_in is not system:
        raise InvalidSite(
            f"A tooth is named in {named_in.label}, but the system is said to be {system.label}."
        )
    named_in = named_in or system
    if named_in is None:
        raise InvalidSite(f"{meanings(word)}: say which system the number is in.")
    return Tooth.parse(rest, named_in), named_in
