"""The site of a photo as DICOM says it: anatomic region, teeth, surfaces, view, mirror (CP-1570, 2025)."""

from __future__ import annotations

from oralcam.dicom.elements import declare_scheme, own, put, sct
from oralcam.record.mouth.area import Area
from oralcam.record.mouth.view import Mirror

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pydicom.dataset import Dataset

    from oralcam.record import Site, Tooth

UNPAIRED, BOTH, RIGHT, LEFT = "U", "B", "R", "L"
MOUTH = ("123851003", "Mouth")
FACE = ("89545001", "Face")
TOOTH = ("38199008", "Tooth")
TEETH_AND_GUMS = ("28035005", "Teeth, gums and supporting structures")
ORAL_CAVITY = ("74262004", "oral cavity")
TONGUE = ("21974007", "Tongue")
LIP = ("48477009", "Lip")
CHEEK = ("60819002", "Cheek")
SIDES = {True: ("24028007", "Right"), False: ("7771000", "Left")}

# SNOMED CT's structure for an area. `True`: it says all that the area says; otherwise a modifier of our own
# scheme tells which part is meant.
STRUCTURES: dict[Area, tuple[tuple[str, str], bool]] = {
    Area.UPPER_ARCH: (("39481002", "Maxillary dental arch"), True),
    Area.LOWER_ARCH: (("88176008", "Mandibular dental arch"), True),
    Area.TONGUE_TOP: (TONGUE, False),
    Area.TONGUE_UNDERSIDE: (TONGUE, False),
    Area.TONGUE_RIGHT_BORDER: (TONGUE, False),
    Area.TONGUE_LEFT_BORDER: (TONGUE, False),
    Area.FLOOR_OF_MOUTH: (("36360002", "floor of mouth"), True),
    Area.SOFT_PALATE: (("49460000", "Soft palate"), True),
    Area.OROPHARYNX: (("31389004", "oropharynx"), True),
    Area.RIGHT_CHEEK: (CHEEK, True),  # the side stands in the region's modifier and in ImageLaterality
    Area.LEFT_CHEEK: (CHEEK, True),
    Area.UPPER_GINGIVA: (("245814000", "Mucosa of maxillary gingiva"), True),
    Area.LOWER_GINGIVA: (("245823002", "Mucosa of mandibular gingiva"), True),
    Area.UPPER_LIP: (LIP, False),
    Area.LOWER_LIP: (LIP, False),
}
WITHOUT_STRUCTURE = frozenset((Area.FULL_MOUTH, Area.FACE))  # the region says it
ON_THE_FACE = frozenset((Area.FACE, Area.RIGHT_PROFILE, Area.LEFT_PROFILE, Area.SMILE, Area.EXTRA_ORAL))

MIRROR_DEVICE = ("1332162007", "Intraoral photography mirror")  # CID 4072
RETRACTOR_DEVICE = ("53535004", "Retractor")
UNKNOWN_VIEW = ("410514004", "Unknown")  # a modifier needs a view to stand under


def put_site(dataset: Dataset, site: Site | None) -> None:
    """Put in anatomic region, laterality, structures and, where our own scheme is needed, its declaration."""
    side = None if site is None else site.right
    put(dataset, "ImageLaterality", laterality(site))
    region = sct(*(FACE if site is not None and site.area in ON_THE_FACE else MOUTH))
    if side is not None:
        put(region, "AnatomicRegionModifierSequence", [sct(*SIDES[side])])
    put(dataset, "AnatomicRegionSequence", [region])
    if site is None:
        return
    structures = [_tooth(tooth, site) for tooth in site.teeth]
    if site.area is not None and site.area not in WITHOUT_STRUCTURE:
        structures.append(_area(site.area))
    if structures:
        put(dataset, "PrimaryAnatomicStructureSequence", structures)
    if any("PrimaryAnatomicStructureModifierSequence" in structure for structure in structures):
        declare_scheme(dataset)


def laterality(site: Site | None) -> str:
    """Return R or L for one side, B for teeth on both, U for the mouth as a whole or its middle."""
    if site is None:
        return UNPAIRED
    if site.right is not None:
        return RIGHT if site.right else LEFT
    return BOTH if site.teeth else UNPAIRED


def put_view(dataset: Dataset, site: Site | None) -> None:
    """Put in the view, a mirror as the view's modifier, mirror and retractor as devices.

    Only a photograph has these.
    """
    mirror = Mirror.NONE if site is None else site.mirror
    view = None if site is None else site.view
    if view is not None or mirror is not Mirror.NONE:
        item = sct(*UNKNOWN_VIEW) if view is None else sct(view.snomed_ct, view.meaning)
        if mirror.snomed_ct is not None:
            put(item, "ViewModifierCodeSequence", [sct(mirror.snomed_ct, mirror.meaning)])
        put(dataset, "ViewCodeSequence", [item])
    devices = [sct(*MIRROR_DEVICE)] if mirror is not Mirror.NONE else []
    if site is not None and site.retractor:
        devices.append(sct(*RETRACTOR_DEVICE))
    if devices:
        put(dataset, "DeviceSequence", devices)


def _tooth(tooth: Tooth, site: Site) -> Dataset:
    """Return a tooth of CID 4018 or 4019.

    A supernumerary one, which has no code, becomes a tooth that we describe.
    """
    modifiers = [own(f"surface-{surface.value}", f"{surface.label} surface") for surface in site.surfaces]
    if tooth.snomed_ct is None:
        item = sct(*TOOTH)
        modifiers.insert(0, own(f"universal-{tooth.universal}", tooth.meaning[:64]))
    else:
        item = sct(tooth.snomed_ct, tooth.meaning)
    if modifiers:
        put(item, "PrimaryAnatomicStructureModifierSequence", modifiers)
    return item


def _area(area: Area) -> Dataset:
    structure, exact = STRUCTURES.get(area, (_usual_structure(area), False))
    item = sct(*structure)
    if not exact:
        put(item, "PrimaryAnatomicStructureModifierSequence", [own(area_code(area), area.label)])
    return item


def area_code(area: Area) -> str:
    """Return the area in our own scheme: ISO 3950's number where it has one.

    A code value has at most 16 characters.
    """
    return f"area-{area.iso3950}" if area.iso3950 else area.value.removesuffix("_border")


def _usual_structure(area: Area) -> tuple[str, str]:
    if area in ON_THE_FACE:
        return FACE
    return TEETH_AND_GUMS if area.kind in ("quadrant", "sextant") else ORAL_CAVITY
