"""Errors: what each holds, and which is a kind of which."""

from __future__ import annotations

from typing import assert_type

import oralcam
from oralcam.errors import (
    ArchiveError,
    ArchiveUnauthorized,
    DeviceFault,
    IncompleteDicom,
    LinkError,
    OralcamError,
    QueueFull,
    RecordError,
    SinkUnavailable,
    WrongDigest,
)

try:
    oralcam.Camera.open()
except QueueFull as full:
    assert_type(full.log, str)
except oralcam.DeviceDisconnected as gone:
    assert_type(gone.code, str)
    assert_type(gone.exit_code, int)
except IncompleteDicom as incomplete:
    assert_type(incomplete.findings, tuple[str, ...])
except ArchiveError as archive:
    assert_type(archive.permanent, bool)

link: LinkError = WrongDigest("damaged")
fault: DeviceFault = QueueFull("full", log="…")
record: RecordError = SinkUnavailable("away")
kinds: list[type[OralcamError]] = [oralcam.CameraNotFound, oralcam.LinkError, ArchiveUnauthorized]
assert_type([kind.code for kind in kinds], list[str])
