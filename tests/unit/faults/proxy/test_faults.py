"""Scripts of faults: read as they are written, refused in a sentence; plans by seed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.faults.proxy.faults import DIRECTIONS, KINDS, BadScript, Fault, parse
from tools.faults.proxy.plan import plan


@st.composite
def faults(draw: st.DrawFn) -> Fault:
    kind = draw(st.sampled_from(sorted(KINDS)))
    with_amount, with_seconds = KINDS[kind]
    return Fault(
        kind,
        draw(st.sampled_from(DIRECTIONS)),
        draw(st.integers(0, 10**9)),
        draw(st.integers(1, 10**6)) if with_amount else 0,
        draw(st.floats(0, 1000)) if with_seconds else 0.0,
    )


@given(st.lists(faults()))
def test_what_is_written_is_read(script: list[Fault]) -> None:
    assert parse("\n".join(map(str, script)) + "\n\n# the end") == script


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("sideways 0 drop 1", "'sideways' is neither up nor down"),
        ("up 0 dorp 1", "there is no 'dorp'"),
        ("up 0", "a fault is a direction, a byte and a kind"),
        ("up x drop 1", "'x' is not a number of bytes"),
        ("up -1 drop 1", "'-1' is not a number of bytes"),
        ("up 0 drop", "drop needs an amount"),
        ("up 0 drop 0", "an amount is 1 or more"),
        ("up 0 stall 5", "'5' is not a time such as 0.5s"),
        ("up 0 stall nans", "is not a time"),
        ("up 0 rate 5", "rate needs an amount and a time"),
        ("up 0 cut 5", "cut needs nothing more"),
    ],
)
def test_a_typo_is_one_sentence_with_its_line(line: str, sentence: str) -> None:
    with pytest.raises(BadScript, match=sentence) as caught:
        parse(f"up 5 drop 1\n{line}\n")
    assert str(caught.value).startswith("Line 2 of the script")


@given(st.integers(0, 1000))
def test_a_seed_is_a_plan(seed: int) -> None:
    made = plan(str(seed), up_bytes=5000, down_bytes=500, count=20)
    assert made == plan(str(seed), up_bytes=5000, down_bytes=500, count=20)
    assert len(made) == 20
    assert parse("\n".join(map(str, made))) == made
    assert all(fault.at < (5000 if fault.direction == "up" else 500) for fault in made)
