"""Which whole JPEGs are of no use to charts and archives all the same, and what is only mentioned."""

from __future__ import annotations

from oralcam.jpeg.frame_header import PROCESSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.jpeg.inspection import Inspection


def unsupported_because(seen: Inspection) -> tuple[str, ...]:
    """Return sentences that say why charts and archives do not take a file that may well be whole."""
    frame, said = seen.frame, seen.applications
    if frame is None:
        return ()
    reasons = []
    if frame.name != "SOF0":
        reasons.append(f"It is a {PROCESSES[frame.name]} JPEG ({frame.name}).")
    if seen.hierarchical:
        reasons.append("It is a hierarchical JPEG (DHP or EXP).")
    if seen.arithmetic_tables:
        reasons.append("It has tables for arithmetic coding (DAC).")
    if frame.precision != 8:
        reasons.append(f"Its samples have {frame.precision} bits.")
    if len(frame.components) not in (1, 3):
        colour = frame.colour(said.jfif, said.adobe_transform)
        named = f", {colour}" if colour != "unknown" else ""
        reasons.append(f"It has {len(frame.components)} colour components{named}.")
    if frame.name == "SOF0" and 16 in seen.quantization.values():
        reasons.append("Its quantization tables have 16 bits, which baseline JPEGs may not have.")
    if seen.dnl:
        reasons.append("Its height comes after its pixels (DNL), which few programs read.")
    return tuple(reasons)


def notes_on(seen: Inspection, padding: int) -> tuple[str, ...]:
    """Return sentences on what is worth mentioning and refuses nothing."""
    notes = []
    frame, said = seen.frame, seen.applications
    if padding:
        notes.append(f"{padding:,} filling bytes follow its end marker.")
    if said.exif_count > 1:
        notes.append(f"It has {said.exif_count} Exif segments; only the first counts.")
    if not said.exif_readable:
        notes.append("Its Exif segment cannot be read.")
    if not said.icc_whole:
        notes.append("Parts of its colour profile (ICC) are missing.")
    if len(seen.entropy) > 1:
        notes.append(f"It has {len(seen.entropy)} scans.")
    if frame is not None and frame.colour(said.jfif, said.adobe_transform) == "RGB":
        notes.append("Its colours are stored as RGB.")
    if frame is not None and frame.chroma == "other":
        notes.append("Its colour sampling is unusual.")
    return tuple(notes)
