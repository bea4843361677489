"""A JPEG that was inspected once need not be inspected again."""

from __future__ import annotations

from datetime import datetime, timezone

from oralcam.jpeg import PhotoMetadata, inspect, tag
from tests.unit.dicom.photos import jpeg

SAID = PhotoMetadata(taken_at=datetime(2026, 3, 4, tzinfo=timezone.utc), family_name="Müller")


def test_with_facts_at_hand_the_result_is_the_same() -> None:
    data = jpeg()
    assert tag(data, SAID, facts=inspect(data)) == tag(data, SAID)


def test_facts_of_another_file_are_not_believed() -> None:
    data, other = jpeg(), jpeg("4:2:2", seed=5)
    assert len(data) != len(other)
    assert tag(data, SAID, facts=inspect(other)) == tag(data, SAID)
