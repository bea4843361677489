"""Errors: all in `oralcam.errors`, each with a code of its own, all that docstrings name among them."""

from __future__ import annotations

import builtins
import importlib
import pickle
import re
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from griffe import Class, Module

from oralcam import errors
from oralcam.errors import CameraNotFound, DeviceFault, OralcamError
from tools.api.listing import public_objects
from tools.api.modules import modules

KINDS: dict[str, type[OralcamError]] = {name: getattr(errors, name) for name in errors.__all__}
CODE = re.compile(r"[a-z]+(-[a-z]+)*")
SENTENCE = re.compile(r"(?<=[.:])\s+(?=[A-Z`])")
NAME = re.compile(r"`([A-Z]\w*[a-z]\w*)`")  # no constant, no method


def test_the_list_names_every_error_and_nothing_else() -> None:
    folder = Path(errors.__file__).parent
    defined = {
        name
        for path in folder.glob("*.py")
        for name, each in vars(importlib.import_module(f"oralcam.errors.{path.stem}")).items()
        if path.stem != "__init__" and isinstance(each, type) and issubclass(each, OralcamError)
    }
    assert defined == set(KINDS)
    assert all(issubclass(kind, OralcamError) and kind.__name__ == name for name, kind in KINDS.items())


def test_no_error_is_defined_elsewhere_in_the_package(package: Module) -> None:
    strays = [
        each.path
        for module in modules(package)
        for each in module.members.values()
        if isinstance(each, Class) and not each.path.startswith("oralcam.errors.")
        if any(str(base).rpartition(".")[2] in KINDS for base in each.bases)
    ]
    assert strays == []


def test_each_code_is_one_errors_own() -> None:
    codes = [kind.code for kind in KINDS.values()]
    assert sorted(codes) == sorted(set(codes))
    assert all(CODE.fullmatch(code) for code in codes)
    assert all("code" in vars(kind) for kind in KINDS.values()), "inherited codes tell nothing"


def test_an_error_that_no_module_has_is_said_so() -> None:
    with pytest.raises(AttributeError, match=r"'oralcam.errors' has no attribute 'Nonsense'"):
        errors.Nonsense  # type: ignore[attr-defined]  # noqa: B018


def test_errors_travel_between_processes() -> None:
    fault = pickle.loads(pickle.dumps(DeviceFault("It says no.")))
    assert (type(fault), str(fault)) == (DeviceFault, "It says no.")


def test_a_traceback_names_an_error_as_programs_import_it() -> None:
    assert {kind.__module__ for kind in KINDS.values()} == {"oralcam.errors"}
    told = traceback.format_exception_only(CameraNotFound("There is none."))
    assert told == ["oralcam.errors.CameraNotFound: There is none.\n"]
    mine = type("Mine", (OralcamError,), {"__module__": "practice"})
    assert mine.__module__ == "practice"


def test_one_error_loads_no_other_subjects() -> None:
    ask = "import sys; from oralcam.errors import CameraNotFound; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, check=True
    ).stdout.split()
    mine = {name for name in loaded if name.startswith("oralcam.errors.")}
    assert mine == {"oralcam.errors.base", "oralcam.errors.camera"}


def raised(docstring: str) -> list[str]:
    """The classes that a docstring says are raised."""
    sentences = [each for each in SENTENCE.split(docstring) if re.match(r"Raises?\b", each)]
    return [name for sentence in sentences for name in NAME.findall(sentence)]


def test_every_error_that_a_public_docstring_names_is_exported(package: Module) -> None:
    objects = list(public_objects(package))
    named = [
        (each.path, name)
        for each in objects
        if each.docstring is not None
        for name in raised(each.docstring.value)
    ]
    assert len(objects) > 500
    assert len(named) > 100
    unknown = [(path, name) for path, name in named if name not in KINDS and not hasattr(builtins, name)]
    assert unknown == []


def test_what_is_raised_is_found_in_a_docstring() -> None:
    assert raised("Do it. Raises `ThisOne`, and `ThatOne` if `it.is` so. It is no `Other`.") == [
        "ThisOne",
        "ThatOne",
    ]
    assert raised("Raises `One`; with an emulator `Two`. Raises\n`Three`; see `RANGES`") == [
        "One",
        "Two",
        "Three",
    ]
