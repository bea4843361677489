"""Users, passwords and tokens: from the environment or the system's keyring, never from a command line."""

from __future__ import annotations

import os
import re

SERVICE = "oralcam"


def variable(name: str, what: str) -> str:
    """The environment variable for `what` (user, password, token) of the archive called `name`.

    >>> variable("front-desk pacs", "password")
    'ORALCAM_FRONT_DESK_PACS_PASSWORD'
    """
    return f"ORALCAM_{re.sub('[^A-Z0-9]+', '_', name.upper()).strip('_')}_{what.upper()}"


def secret(name: str, what: str) -> str | None:
    """`what` of the archive called `name`, or None if nobody stored it.

    The environment wins. The keyring is asked if the package `keyring` is installed (extra
    `oralcam[keyring]`): service "oralcam", user name "NAME WHAT"; `keyring set oralcam "pacs password"`
    stores one.
    """
    value = os.environ.get(variable(name, what))
    if value is not None:
        return value
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password(SERVICE, f"{name} {what}")
    except KeyringError:
        return None  # locked, or this machine has none: as if nothing were stored; the archive will say 401
    return found
