"""Passwords of sinks: from the environment or the system's keyring, never from a command line or a file."""

from __future__ import annotations

import os
import re

from oralcam.errors import MissingCredentials


def variable_of(sink: str) -> str:
    """Return the environment variable for a sink's password.

    >>> variable_of("main archive")
    'ORALCAM_MAIN_ARCHIVE_PASSWORD'
    """
    return f"ORALCAM_{re.sub(r'[^A-Z0-9]+', '_', sink.upper())}_PASSWORD"


def password(sink: str, user: str) -> str:
    """Return the password of `user` at `sink`. Raises `MissingCredentials`, which says where to put it."""
    found = os.environ.get(variable_of(sink)) or _from_keyring(f"oralcam/{sink}", user)
    if not found:
        raise MissingCredentials(
            f"The sink {sink!r} needs a password for {user!r}: set ${variable_of(sink)}, or store it with "
            f'`keyring set "oralcam/{sink}" {user}` (pip install "oralcam[keyring]").'
        )
    return found


def _from_keyring(service: str, user: str) -> str | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password(service, user)
    except KeyringError:
        return None  # locked, or this system has none: the error that follows says what else there is
    return found
