"""Series of photos that a practice takes again and again: what is next, what was skipped, what was taken.

A `Series` is a plain value: each act returns the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from oralcam.errors import InvalidSite
from oralcam.record.mouth.area import Area
from oralcam.record.mouth.site import Site
from oralcam.record.mouth.view import Mirror, View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FULL_MOUTH", "ORTHODONTIC", "TEMPLATES", "Series", "Template", "TemplateView", "before_and_after"]


@dataclass(frozen=True)
class TemplateView:
    """One photo of a series: where, how, and what the person who holds the camera is told."""

    name: str
    site: Site
    prompt: str


@dataclass(frozen=True)
class Template:
    """The views of a series in the order in which they are taken; `name` is for programs, `title` for people.

    Raises `InvalidSite` if there is no view, or if two have one name.
    """

    name: str
    title: str
    views: tuple[TemplateView, ...]

    def __post_init__(self) -> None:
        names = [view.name for view in self.views]
        if not names or len(set(names)) != len(names):
            raise InvalidSite("A template has at least one view, and no two of one name.")


@dataclass(frozen=True)
class Series:
    """A template that is being followed.

    `taken` maps a view's name to the record id of its photo, the last retake's.
    """

    template: Template
    taken: Mapping[str, str]
    skipped: frozenset[str] = frozenset()

    @classmethod
    def begun(cls, template: Template) -> Series:
        """Return the series before its first photo."""
        return cls(template, {})

    @property
    def next(self) -> TemplateView | None:
        """What to take now: the first view that is neither taken nor skipped; None at the end."""
        open_views = (view for view in self.template.views if not self._is_settled(view.name))
        return next(open_views, None)

    @property
    def progress(self) -> tuple[int, int]:
        """How many views are taken, and how many there are."""
        return len(self.taken), len(self.template.views)

    @property
    def complete(self) -> bool:
        """True if every view is taken; a skipped view is not taken."""
        return len(self.taken) == len(self.template.views)

    @property
    def missing(self) -> tuple[TemplateView, ...]:
        """The views without a photo, skipped ones included."""
        return tuple(view for view in self.template.views if view.name not in self.taken)

    def view(self, name: str) -> TemplateView:
        """Return the view of that name. Raises `InvalidSite` if there is none."""
        for view in self.template.views:
            if view.name == name:
                return view
        raise InvalidSite(f"The {self.template.title} has no view of that name.")

    def with_photo(self, name: str, record_id: str) -> Series:
        """Return the series with the view taken.

        A photo that the view had is superseded (`supersedes` says by which).
        """
        self.view(name)
        return replace(self, taken={**self.taken, name: record_id}, skipped=self.skipped - {name})

    def supersedes(self, name: str) -> str | None:
        """Return the record id of the photo that a retake of this view replaces, or None if it has none."""
        self.view(name)
        return self.taken.get(name)

    def skip(self, name: str) -> Series:
        """Return the series without that view for now; it can be taken later."""
        self.view(name)
        return replace(self, skipped=self.skipped | {name}) if name not in self.taken else self

    def _is_settled(self, name: str) -> bool:
        return name in self.taken or name in self.skipped


def _area(area: Area, view: View, mirror: Mirror = Mirror.NONE, *, retractor: bool = False) -> Site:
    return Site(area=area, view=view, mirror=mirror, retractor=retractor)


_FRONTAL = TemplateView(
    "frontal",
    _area(Area.FULL_MOUTH, View.FRONTAL, retractor=True),
    "Retractor in. Front, teeth together: midline upright.",
)
_RIGHT = TemplateView(
    "right_buccal",
    _area(Area.FULL_MOUTH, View.RIGHT_LATERAL, retractor=True),
    "Retractor in. Right side, teeth together: canine to last molar.",
)
_LEFT = TemplateView(
    "left_buccal",
    _area(Area.FULL_MOUTH, View.LEFT_LATERAL, retractor=True),
    "Retractor in. Left side, teeth together: canine to last molar.",
)
_UPPER = TemplateView(
    "upper_occlusal",
    _area(Area.UPPER_ARCH, View.OCCLUSAL, Mirror.UNCORRECTED, retractor=True),
    "Retractor in. Upper arch in the mirror: all chewing surfaces, second molars included.",
)
_LOWER = TemplateView(
    "lower_occlusal",
    _area(Area.LOWER_ARCH, View.OCCLUSAL, Mirror.UNCORRECTED, retractor=True),
    "Retractor in. Lower arch in the mirror: tongue back, second molars included.",
)

FULL_MOUTH = Template(
    "full_mouth",
    "full-mouth series",
    (
        _FRONTAL,
        _RIGHT,
        _LEFT,
        _UPPER,
        _LOWER,
        *(
            TemplateView(
                f"{area.value.removesuffix('_sextant')}_{side}",
                _area(area, view),
                f"{area.label.removesuffix(' sextant').capitalize()} teeth, {side} surfaces.",
            )
            for area, view in (
                (Area.UPPER_RIGHT_SEXTANT, View.RIGHT_LATERAL),
                (Area.UPPER_ANTERIOR_SEXTANT, View.FRONTAL),
                (Area.UPPER_LEFT_SEXTANT, View.LEFT_LATERAL),
                (Area.LOWER_LEFT_SEXTANT, View.LEFT_LATERAL),
                (Area.LOWER_ANTERIOR_SEXTANT, View.FRONTAL),
                (Area.LOWER_RIGHT_SEXTANT, View.RIGHT_LATERAL),
            )
            for side in ("outer", "inner")
        ),
    ),
)

ORTHODONTIC = Template(
    "orthodontic",
    "orthodontic set",
    (
        TemplateView(
            "face_at_rest",
            _area(Area.FACE, View.FRONTAL),
            "Face from the front, lips at rest, eyes level with the camera.",
        ),
        TemplateView("face_smiling", _area(Area.SMILE, View.FRONTAL), "Face from the front, a full smile."),
        TemplateView(
            "profile", _area(Area.RIGHT_PROFILE, View.RIGHT_LATERAL), "Right profile, lips at rest, ear free."
        ),
        _FRONTAL,
        _RIGHT,
        _LEFT,
        _UPPER,
        _LOWER,
    ),
)


def before_and_after(site: Site) -> Template:
    """Make a template of one place: the finding, the preparation, the result, all seen from one side.

    The place is a tooth, several teeth, or an area.
    """
    return Template(
        "before_and_after",
        "before and after",
        (
            TemplateView("before", site, f"{site.label}: before, the finding dry and in focus."),
            TemplateView("during", site, f"{site.label}: prepared, from the same side."),
            TemplateView("after", site, f"{site.label}: the result, from the same side."),
        ),
    )


TEMPLATES = {template.name: template for template in (FULL_MOUTH, ORTHODONTIC)}
