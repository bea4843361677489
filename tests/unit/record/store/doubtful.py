"""A photo that straddles two patients, which nobody could assign; what the audit log says of it."""

from __future__ import annotations

from oralcam.record import (
    Doubt,
    Quarantined,
    RecordStore,
)
from oralcam.record.audit import Act
from tests.unit.record.strategies import patient

STRADDLES = Quarantined(Doubt.CHANGE_OF_PATIENT, (patient(2), patient(1)))


def acts(store: RecordStore) -> list[tuple[Act, str]]:
    return [(entry.what, entry.record_id) for entry in store.audit.entries()]
