"""A patient is armed whole and sound, or refused without a word of what was given."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oralcam.errors import InvalidPatient
from oralcam.record import OtherId, PatientContext, Source
from tests.unit.record.strategies import NOON, patient, patients

PLANTED = "Quetzalcoatlus"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("patient_id", ""),
        ("patient_id", "   "),
        ("patient_id", f"{PLANTED}\\1"),
        ("patient_id", PLANTED * 5),
        ("issuer", ""),
        ("family_name", f"{PLANTED}\x00"),
        ("family_name", f"{PLANTED}\nBcc"),
        ("family_name", f"{PLANTED}\x1b[2J"),
        ("family_name", f"{PLANTED}\u202e"),
        ("family_name", f"{PLANTED}\u2028x"),
        ("family_name", f"{PLANTED}\ufffd"),
        ("family_name", f"{PLANTED}^Prof"),
        ("family_name", f"{PLANTED}=x"),
        ("family_name", PLANTED * 800),  # ten kilobytes
        ("given_name", f"{PLANTED}\t{PLANTED}"),
        ("middle_name", PLANTED * 4),
        ("sex", PLANTED),
        ("consent", f"{PLANTED}\x7f"),
        ("birth_date", date(2027, 1, 1)),
        ("birth_date", date(1880, 1, 1)),
        ("birth_date", datetime(1990, 1, 1)),
        ("birth_date", PLANTED),
        ("armed_at", datetime(2026, 3, 4)),
        ("expires_at", datetime(2026, 3, 5)),
        ("expires_at", NOON),
    ],
)
def test_what_cannot_be_is_refused_and_not_repeated(field: str, value: object) -> None:
    with pytest.raises(InvalidPatient) as refused:
        patient(1, **{field: value})
    said = str(refused.value)
    assert PLANTED not in said
    assert "1880" not in said
    assert said.endswith(".")
    assert refused.value.__cause__ is None


def test_half_a_character_is_refused() -> None:
    with pytest.raises(InvalidPatient, match="no readable character"):
        patient(family_name=f"{PLANTED}\ud800")


def test_a_patient_has_a_name() -> None:
    with pytest.raises(InvalidPatient, match="no name"):
        patient(family_name="", given_name=" ")
    assert patient(given_name="").family_name == "Müller"


def test_the_parts_of_a_name_fit_together_into_an_archive() -> None:
    with pytest.raises(InvalidPatient, match="together"):
        patient(family_name="a" * 40, given_name="b" * 30)
    assert patient(family_name="a" * 40, given_name="b" * 23)


def test_names_are_kept_in_one_form() -> None:
    decomposed = unicodedata.normalize("NFD", "Zoë")
    assert len(decomposed) == 4
    assert patient(given_name=f" {decomposed} ").given_name == "Zoë"
    assert patient(given_name=decomposed) == patient(given_name="Zoë")
    assert patient(family_name='O\'Brien <&> "x"').family_name == 'O\'Brien <&> "x"'
    assert patient(family_name="山田").family_name == "山田"


@given(armed=patients)
def test_its_repr_shows_nobody(armed: PatientContext) -> None:
    assert repr(armed) == str(armed) == f"<PatientContext from {armed.source.value}>"
    assert repr(OtherId("1234", "x")) == "<OtherId>"
    assert f"{armed}" == repr(armed)


def test_two_of_one_name_are_two() -> None:
    one = patient(1)
    for other in (
        patient(1, patient_id="P2"),
        patient(1, issuer="hospital"),
        patient(1, birth_date=date(1991, 1, 1)),
        patient(1, birth_date=None),
    ):
        assert (one.family_name, one.given_name) == (other.family_name, other.given_name)
        assert not one.is_same_patient(other)
        assert one.label != other.label
        assert len({one.identity, other.identity}) == 2
    assert one.is_same_patient(patient(1, family_name="Meier", armed_at=NOON + timedelta(hours=1)))


def test_an_undeclared_character_set_is_shown() -> None:
    assert "may read wrong" in patient(character_set_declared=False).label
    assert "may read wrong" not in patient().label


def test_a_patient_can_be_armed_again_for_a_while() -> None:
    later = NOON + timedelta(hours=2)
    again = patient().armed_again(later, timedelta(minutes=30))
    assert (again.armed_at, again.expires_at) == (later, later + timedelta(minutes=30))
    assert again.is_same_patient(patient())
    assert again.armed_again(later).expires_at is None


@given(text=st.text(max_size=200), field=st.sampled_from(["patient_id", "family_name", "issuer", "consent"]))
def test_whatever_is_given_is_taken_or_refused_silently(text: str, field: str) -> None:
    try:
        made = patient(1, **{field: text})
    except InvalidPatient as error:
        said = str(error)
    else:
        kept = getattr(made, field)
        assert kept == unicodedata.normalize("NFC", text).strip()
        return
    if len(text) > 6 and text.isprintable():
        assert text not in said


def test_arming_now_needs_no_clock_of_ones_own() -> None:
    before = datetime.now(timezone.utc)
    armed = PatientContext(
        patient_id="1",
        issuer="x",
        family_name="a",
        given_name="b",
        birth_date=None,
        source=Source.WORKLIST,
    )
    assert before <= armed.armed_at <= datetime.now(timezone.utc)
