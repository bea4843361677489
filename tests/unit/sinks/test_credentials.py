"""Passwords come from the environment or the keyring, and from nowhere else."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from oralcam.errors import MissingCredentials
from oralcam.sinks.credentials import password, variable_of


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORALCAM_ARCHIVE_PASSWORD", "secret")
    assert password("archive", "camera") == "secret"


def test_names_become_variables() -> None:
    assert variable_of("PACS 2. floor") == "ORALCAM_PACS_2_FLOOR_PASSWORD"


def keyring(monkeypatch: pytest.MonkeyPatch, answer: str | Exception) -> None:
    errors = ModuleType("keyring.errors")
    errors.KeyringError = type("KeyringError", (Exception,), {})  # type: ignore[attr-defined]
    module = ModuleType("keyring")

    def get_password(service: str, user: str) -> str:
        assert (service, user) == ("oralcam/archive", "camera")
        if isinstance(answer, Exception):
            raise errors.KeyringError(str(answer))
        return answer

    module.get_password = get_password  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    monkeypatch.delenv("ORALCAM_ARCHIVE_PASSWORD", raising=False)


def test_then_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring(monkeypatch, "from the keyring")
    assert password("archive", "camera") == "from the keyring"


def test_a_locked_keyring_is_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring(monkeypatch, Exception("locked"))
    with pytest.raises(MissingCredentials, match=r"\$ORALCAM_ARCHIVE_PASSWORD"):
        password("archive", "camera")
