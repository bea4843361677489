"""Everything that can go wrong, one class each: a stable `code`, an exit code, a sentence to act on.

Import errors from here; the modules hold one subject each.

>>> from oralcam.errors import CameraNotFound
>>> CameraNotFound.code, CameraNotFound.exit_code
('camera-not-found', 3)

Modules without `__all__` are internal.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.errors.archive import ArchiveBusy as ArchiveBusy
    from oralcam.errors.archive import ArchiveError as ArchiveError
    from oralcam.errors.archive import ArchiveRefused as ArchiveRefused
    from oralcam.errors.archive import ArchiveTimeout as ArchiveTimeout
    from oralcam.errors.archive import ArchiveUnauthorized as ArchiveUnauthorized
    from oralcam.errors.archive import ArchiveUnreachable as ArchiveUnreachable
    from oralcam.errors.archive import BrokenAnswer as BrokenAnswer
    from oralcam.errors.archive import DicomError as DicomError
    from oralcam.errors.archive import IncompleteDicom as IncompleteDicom
    from oralcam.errors.archive import NotCommitted as NotCommitted
    from oralcam.errors.archive import WrongStudy as WrongStudy
    from oralcam.errors.base import InvalidSetting as InvalidSetting
    from oralcam.errors.base import MissingExtra as MissingExtra
    from oralcam.errors.base import NotATrace as NotATrace
    from oralcam.errors.base import OralcamError as OralcamError
    from oralcam.errors.base import OutputNotWritable as OutputNotWritable
    from oralcam.errors.base import SpoolError as SpoolError
    from oralcam.errors.camera import CameraClosed as CameraClosed
    from oralcam.errors.camera import CameraNotFound as CameraNotFound
    from oralcam.errors.camera import DeviceDisconnected as DeviceDisconnected
    from oralcam.errors.camera import DeviceFault as DeviceFault
    from oralcam.errors.camera import DigestRefused as DigestRefused
    from oralcam.errors.camera import ImplausiblePhoto as ImplausiblePhoto
    from oralcam.errors.camera import IncompatibleFirmware as IncompatibleFirmware
    from oralcam.errors.camera import LightLocked as LightLocked
    from oralcam.errors.camera import LinkError as LinkError
    from oralcam.errors.camera import MalformedAnswer as MalformedAnswer
    from oralcam.errors.camera import NotACamera as NotACamera
    from oralcam.errors.camera import PhotoNotThere as PhotoNotThere
    from oralcam.errors.camera import PortInUse as PortInUse
    from oralcam.errors.camera import PortNotFound as PortNotFound
    from oralcam.errors.camera import QueueFull as QueueFull
    from oralcam.errors.camera import RequestTimeout as RequestTimeout
    from oralcam.errors.camera import TransferFailed as TransferFailed
    from oralcam.errors.camera import Unsupported as Unsupported
    from oralcam.errors.camera import WrongDigest as WrongDigest
    from oralcam.errors.command_line import DeliveriesWaiting as DeliveriesWaiting
    from oralcam.errors.command_line import NotConfirmed as NotConfirmed
    from oralcam.errors.command_line import PressesMissing as PressesMissing
    from oralcam.errors.command_line import UsageError as UsageError
    from oralcam.errors.emulator import EmulatorError as EmulatorError
    from oralcam.errors.emulator import InvalidScene as InvalidScene
    from oralcam.errors.picture import DamagedJpeg as DamagedJpeg
    from oralcam.errors.picture import InvalidMetadata as InvalidMetadata
    from oralcam.errors.picture import InvalidProfile as InvalidProfile
    from oralcam.errors.picture import JpegError as JpegError
    from oralcam.errors.picture import UnsupportedJpeg as UnsupportedJpeg
    from oralcam.errors.record import AlreadyRecorded as AlreadyRecorded
    from oralcam.errors.record import AuditBroken as AuditBroken
    from oralcam.errors.record import InvalidPatient as InvalidPatient
    from oralcam.errors.record import InvalidRecord as InvalidRecord
    from oralcam.errors.record import InvalidSite as InvalidSite
    from oralcam.errors.record import RecordError as RecordError
    from oralcam.errors.record import RecordNotFound as RecordNotFound
    from oralcam.errors.record import RecordStoreError as RecordStoreError
    from oralcam.errors.record import VisitEnded as VisitEnded
    from oralcam.errors.sinks import InvalidSinks as InvalidSinks
    from oralcam.errors.sinks import MissingCredentials as MissingCredentials
    from oralcam.errors.sinks import OutboxError as OutboxError
    from oralcam.errors.sinks import SinkError as SinkError
    from oralcam.errors.sinks import SinkLost as SinkLost
    from oralcam.errors.sinks import SinkRefused as SinkRefused
    from oralcam.errors.sinks import SinkUnavailable as SinkUnavailable
    from oralcam.errors.sinks import SinkUnproven as SinkUnproven

# Where each error lives. Modules load when a name is first used: `oralcam list` pays for no archive's.
_NAMES = {
    "archive": (
        "ArchiveBusy",
        "ArchiveError",
        "ArchiveRefused",
        "ArchiveTimeout",
        "ArchiveUnauthorized",
        "ArchiveUnreachable",
        "BrokenAnswer",
        "DicomError",
        "IncompleteDicom",
        "NotCommitted",
        "WrongStudy",
    ),
    "base": (
        "InvalidSetting",
        "MissingExtra",
        "NotATrace",
        "OralcamError",
        "OutputNotWritable",
        "SpoolError",
    ),
    "camera": (
        "CameraClosed",
        "CameraNotFound",
        "DeviceDisconnected",
        "DeviceFault",
        "DigestRefused",
        "ImplausiblePhoto",
        "IncompatibleFirmware",
        "LightLocked",
        "LinkError",
        "MalformedAnswer",
        "NotACamera",
        "PhotoNotThere",
        "PortInUse",
        "PortNotFound",
        "QueueFull",
        "RequestTimeout",
        "TransferFailed",
        "Unsupported",
        "WrongDigest",
    ),
    "command_line": (
        "DeliveriesWaiting",
        "NotConfirmed",
        "PressesMissing",
        "UsageError",
    ),
    "emulator": (
        "EmulatorError",
        "InvalidScene",
    ),
    "picture": (
        "DamagedJpeg",
        "InvalidMetadata",
        "InvalidProfile",
        "JpegError",
        "UnsupportedJpeg",
    ),
    "record": (
        "AlreadyRecorded",
        "AuditBroken",
        "InvalidPatient",
        "InvalidRecord",
        "InvalidSite",
        "RecordError",
        "RecordNotFound",
        "RecordStoreError",
        "VisitEnded",
    ),
    "sinks": (
        "InvalidSinks",
        "MissingCredentials",
        "OutboxError",
        "SinkError",
        "SinkLost",
        "SinkRefused",
        "SinkUnavailable",
        "SinkUnproven",
    ),
}
_HOME = {name: home for home, names in _NAMES.items() for name in names}

__all__ = [
    "AlreadyRecorded",
    "ArchiveBusy",
    "ArchiveError",
    "ArchiveRefused",
    "ArchiveTimeout",
    "ArchiveUnauthorized",
    "ArchiveUnreachable",
    "AuditBroken",
    "BrokenAnswer",
    "CameraClosed",
    "CameraNotFound",
    "DamagedJpeg",
    "DeliveriesWaiting",
    "DeviceDisconnected",
    "DeviceFault",
    "DicomError",
    "DigestRefused",
    "EmulatorError",
    "ImplausiblePhoto",
    "IncompatibleFirmware",
    "IncompleteDicom",
    "InvalidMetadata",
    "InvalidPatient",
    "InvalidProfile",
    "InvalidRecord",
    "InvalidScene",
    "InvalidSetting",
    "InvalidSinks",
    "InvalidSite",
    "JpegError",
    "LightLocked",
    "LinkError",
    "MalformedAnswer",
    "MissingCredentials",
    "MissingExtra",
    "NotACamera",
    "NotATrace",
    "NotCommitted",
    "NotConfirmed",
    "OralcamError",
    "OutboxError",
    "OutputNotWritable",
    "PhotoNotThere",
    "PortInUse",
    "PortNotFound",
    "PressesMissing",
    "QueueFull",
    "RecordError",
    "RecordNotFound",
    "RecordStoreError",
    "RequestTimeout",
    "SinkError",
    "SinkLost",
    "SinkRefused",
    "SinkUnavailable",
    "SinkUnproven",
    "SpoolError",
    "TransferFailed",
    "Unsupported",
    "UnsupportedJpeg",
    "UsageError",
    "VisitEnded",
    "WrongDigest",
    "WrongStudy",
]


if not TYPE_CHECKING:  # to a type checker, every name would be there

    def __getattr__(name: str) -> object:
        home = _HOME.get(name)
        if home is None:
            raise AttributeError(f"module 'oralcam.errors' has no attribute {name!r}")
        value: object = getattr(import_module(f"oralcam.errors.{home}"), name)
        globals()[name] = value
        return value
