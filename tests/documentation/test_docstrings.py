"""Code in docstrings gives what it says, in every package."""

from __future__ import annotations

import doctest
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.documentation.text import REPOSITORY, files, name

ROOTS = ("host_sdk/", "protocol/", "firmware/", "hil_tests/rig/firmware/", "")
PACKAGES = ("host_sdk/oralcam", "protocol", "firmware/camera_app/core", "hil_tests", "tools")
# shown, not run: what they do takes the USB VM, where tests/usb_vm does it
IN_THE_VM = ("tools/testbeds/usb_vm/connector.py", "tools/testbeds/usb_vm/gadget.py")
WITH_CODE = [
    path
    for path in files(".py")
    if name(path).startswith(PACKAGES) and re.search(r"^\s*>>> ", path.read_text("utf-8"), re.MULTILINE)
]


def module_of(path: Path) -> str:
    root = next(root for root in ROOTS if name(path).startswith(root))
    return name(path).removeprefix(root).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_each_package_has_some() -> None:
    for package in PACKAGES:
        assert any(name(path).startswith(package) for path in WITH_CODE), package


@pytest.mark.parametrize("path", WITH_CODE, ids=name)
def test_it_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORALCAM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    results = doctest.testmod(import_module(module_of(path)))
    assert bool(results.attempted) == (name(path) not in IN_THE_VM)
    assert results.failed == 0


def test_a_package_is_found_where_it_is_imported_from() -> None:
    for package in ("oralcam", "oralcam_protocol", "camera_app", "hil_tests", "tools"):
        spec = find_spec(package)
        assert spec is not None
        assert REPOSITORY in Path(next(iter(spec.submodule_search_locations or [""]))).parents
