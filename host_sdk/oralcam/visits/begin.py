"""`oralcam.visit`: how a visit begins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from oralcam.camera import Camera
from oralcam.errors import InvalidPatient
from oralcam.files.paths import home_folder
from oralcam.outbox.background import background_outbox
from oralcam.record import PatientContext
from oralcam.record.store import RecordStore
from oralcam.visits.quality_check import profile_of
from oralcam.visits.visit import Visit

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from oralcam.quality import Profile
    from oralcam.record import Order, ToothSystem
    from oralcam.sinks.sink import Sink


def visit(
    camera: Camera,
    patient: PatientContext,
    *,
    sinks: Iterable[Sink] | None = None,
    order: Order | None = None,
    operator: str = "",
    tooth_system: ToothSystem | None = None,
    barrier_changed: bool | None = None,
    consent: str = "",
    profile: Profile | str | os.PathLike[str] | None = None,
    home: str | os.PathLike[str] | None = None,
) -> Visit:
    """Arm `patient` at `camera` until the visit ends; one patient at a time.

    Photos go into the private store below `home` (the program's own folder), then to `sinks`: None stands for
    those that were set up there (`oralcam.sinks.sinks_toml`), () for none. `operator` is the person who
    works, `tooth_system` the one in which bare tooth numbers are meant: without it they are refused, never
    guessed. `barrier_changed` (the operator acknowledges it) and `consent` (how it was given) are kept with
    the patient. Photos are judged by `profile`, as in `Photo.quality`, where numpy and Pillow are there.

    Raises `InvalidPatient`, `RecordStoreError`, `OutboxError`, `InvalidProfile`, `MissingExtra`, and
    `TypeError` if `camera` is not an `oralcam.Camera`.
    """
    if not isinstance(camera, Camera):
        raise TypeError(
            "oralcam.visit wants an oralcam.Camera; for one of oralcam.aio there is oralcam.aio.visit."
        )
    if not isinstance(patient, PatientContext):
        raise InvalidPatient("The patient is not an oralcam.record.PatientContext.")
    judged_by = profile_of(profile)
    if barrier_changed is not None:
        patient = replace(patient, barrier_changed=barrier_changed)
    if consent:
        patient = replace(patient, consent=consent)
    folder = Path(home or home_folder())
    if sinks is None:
        from oralcam.sinks.sinks_toml import set_up_sinks, sinks_file

        sinks = set_up_sinks(folder / "outbox", sinks_file(folder))
    store = RecordStore(folder / "records")
    return Visit(
        camera,
        patient,
        order=order,
        operator=operator,
        tooth_system=tooth_system,
        profile=judged_by,
        store=store,
        outbox=background_outbox(folder / "outbox", store),
        sinks=sinks,
    )
