from __future__ import annotations

import json

import pytest

from tools.benchmarks.table import Row, as_json, at_least, at_most, peer_missing, render


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (Row("P1", "x", ratio=100.0, limit=at_least(100)), "met"),
        (Row("P1", "x", ratio=99.9, limit=at_least(100)), "missed"),
        (Row("P6", "x", ratio=1.3, limit=at_most(1.3)), "met"),
        (Row("P6", "x", ratio=1.301, limit=at_most(1.3)), "missed"),
        (Row("P6", "x", ratio=0.0, limit=at_most(0)), "met"),
        (Row("P1", "x", ratio=3.0), "reported"),
        (Row("P1", "x", ours="5 ms"), "reported"),
        (Row("P4", "x", note="OSError: no"), "not measured"),
        (peer_missing("P4", "x", "45 MB/s", "mpremote"), "peer missing"),
    ],
)
def test_verdicts(row, verdict):
    assert row.verdict == verdict


def test_a_missing_peer_is_named_as_pip_knows_it():
    assert "pip install openmv==1.0.7" in render([peer_missing("P1", "x", "1 MB/s", "openmv==1.0.7")])


def test_a_note_stands_once_below_all_rows_that_carry_it():
    text = render([Row("P1", "x", ratio=1.0, note="once"), Row("P1", "y", ratio=2.0, note="once")])
    assert text.count("[1] once") == 1
    assert text.count("reported [1]") == 2


def test_the_columns_line_up_and_a_near_miss_can_be_seen():
    lines = render([Row("P2", "payload", "a", "b", 99.4449, at_least(99.45)), Row("P10", "z")]).splitlines()
    assert "99.44" in lines[2]
    assert ">= 99.45" in lines[2]
    assert lines[2].index(">= 99.45") == lines[0].index("limit")


def test_json_says_what_the_table_says():
    told = json.loads(as_json([Row("P1", "x", ratio=1.0, limit=at_least(2))], seed=7, rounds=11))
    assert (told["seed"], told["rounds"]) == (7, 11)
    assert told["rows"][0]["verdict"] == "missed"
    assert told["rows"][0]["limit"] == {"value": 2, "side": "at least"}
