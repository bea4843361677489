"""The tool that tries mutants: it tells a test that notices from one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.faults.mutants.mutant import BadList, Mutant, load
from tools.faults.mutants.trial import Outcome, TestDoesNotStand, check_test, try_out

REPOSITORY = Path(__file__).resolve().parents[4]
DEADLINE_S = 120.0
GOOD = 'name = "a"\nfile = "lamp.py"\nold = "20"\nnew = "60"\ntest = "test_lamp.py::test_cap"\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "lamp.py").write_text("CAP = 20\n\n\ndef current(level):\n    return min(level, 1) * CAP\n")
    (tmp_path / "test_lamp.py").write_text(
        "from lamp import current\n\n"
        "def test_cap():\n    assert current(3) == 20\n\n"
        "def test_nothing():\n    current(1)\n\n"
        "def test_wrong():\n    assert current(1) == 1\n"
    )
    return tmp_path


def mutant(**changed: str) -> Mutant:
    fields = {
        "name": "a-cap-times-three",
        "file": "lamp.py",
        "old": "CAP = 20",
        "new": "CAP = 60",
        "test": "test_lamp.py::test_cap",
    }
    return Mutant(**{**fields, **changed})


def test_a_test_that_fails_has_noticed_and_the_tree_is_as_before(tree: Path) -> None:
    before = (tree / "lamp.py").read_text()
    assert try_out(tree, mutant(), DEADLINE_S) is Outcome.NOTICED
    assert (tree / "lamp.py").read_text() == before


def test_a_test_that_passes_lets_it_survive(tree: Path) -> None:
    assert try_out(tree, mutant(test="test_lamp.py::test_nothing"), DEADLINE_S) is Outcome.SURVIVED


def test_a_test_that_never_ends_has_noticed(tree: Path) -> None:
    endless = mutant(old="    return min", new="    while True:\n        pass\n    return min")
    assert try_out(tree, endless, 5.0) is Outcome.HUNG


def test_a_test_that_is_not_there_is_no_proof(tree: Path) -> None:
    with pytest.raises(TestDoesNotStand, match="is not there"):
        try_out(tree, mutant(test="test_lamp.py::test_gone"), DEADLINE_S)


def test_a_test_that_fails_anyway_is_no_proof(tree: Path) -> None:
    check_test(tree, "test_lamp.py::test_cap", DEADLINE_S)
    with pytest.raises(TestDoesNotStand, match="does not pass without a mutant"):
        check_test(tree, "test_lamp.py::test_wrong", DEADLINE_S)


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"old": "CAP"}, "stands 2 times"),
        ({"old": "LIMIT"}, "stands 0 times"),
        ({"file": "gone.py"}, "there is no gone.py"),
    ],
)
def test_a_mutant_that_does_not_fit_the_code_is_told(
    tree: Path, changed: dict[str, str], complaint: str
) -> None:
    with pytest.raises(BadList, match=complaint):
        mutant(**changed).apply(tree)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (f"[[mutant]]\n{GOOD}[[mutant]]\n{GOOD}", "Two mutants are called a"),
        (f"[[mutant]]\n{GOOD}why = 'x'\n", "keys or values"),
        ("[[mutant]]\n" + GOOD.replace("60", "20"), "changes nothing"),
        ("[[mutant]]\n" + GOOD.replace('name = "a"', 'name = "A b"'), "name is made of"),
        ("[[mutant]]\n" + "\n".join(GOOD.split("\n")[:4]), "lacks a test, or struck"),
        ("[[mutant]]\n" + GOOD.replace('file = "lamp.py"\n', ""), "lacks"),
    ],
)
def test_a_list_with_a_mistake_is_told(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "light.toml").write_text(text)
    with pytest.raises(BadList, match=complaint):
        load(tmp_path)


def test_every_mutant_that_is_kept_fits_the_code() -> None:
    for each in load():
        text = (REPOSITORY / each.file).read_text("utf-8")
        assert text.count(each.old) == 1, each.name
        assert (REPOSITORY / each.test.partition("::")[0]).is_file() or each.struck, each.name
