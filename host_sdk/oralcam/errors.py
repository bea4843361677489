"""Everything that can go wrong, one class each: a stable `code`, an exit code, a sentence to act on."""

from __future__ import annotations


class OralcamError(Exception):
    """Base of every error of this package.

    `code` never changes between versions; `exit_code` is what the command line ends with.
    """

    code = "error"
    exit_code = 1


class CameraNotFound(OralcamError):
    """No camera is connected, or none with the wanted serial number."""

    code = "camera-not-found"
    exit_code = 3


class PortNotFound(OralcamError):
    """The named port does not exist or may not be opened."""

    code = "port-not-found"
    exit_code = 4


class PortInUse(OralcamError):
    """Another program holds the port."""

    code = "port-in-use"
    exit_code = 5


class NotACamera(OralcamError):
    """Something answers on the port, or nothing does, but it is not an oralcam."""

    code = "not-a-camera"
    exit_code = 6


class IncompatibleFirmware(OralcamError):
    """The camera speaks another major version of the protocol."""

    code = "incompatible-firmware"
    exit_code = 7


class InvalidScene(OralcamError):
    """The emulator cannot show this file or folder to its sensor."""

    code = "invalid-scene"
    exit_code = 8


class OutputNotWritable(OralcamError):
    """A photo cannot be written where it was wanted; it stays in the spool."""

    code = "output-not-writable"
    exit_code = 9


class DeviceFault(OralcamError):
    """The camera refused or failed; `log` holds its last log lines."""

    code = "device-fault"
    exit_code = 10

    def __init__(self, message: str, log: str = "") -> None:
        super().__init__(message)
        self.log = log


class QueueFull(DeviceFault):
    """The camera's photo store is full: fetch what waits there first."""

    code = "queue-full"


class LightLocked(DeviceFault):
    """The camera keeps its light off for safety (too warm, or its temperature is unknown)."""

    code = "light-locked"


class PhotoNotThere(DeviceFault):
    """The camera does not hold a photo of that number."""

    code = "photo-not-there"


class DigestRefused(DeviceFault):
    """The camera's photo of that number has another SHA-256 than the one that it was told."""

    code = "digest-refused"


class Unsupported(DeviceFault):
    """This firmware does not know the request."""

    code = "unsupported"


class InvalidSetting(OralcamError):
    """A setting or a light level lies outside its range, or has no such name."""

    code = "invalid-setting"
    exit_code = 2


class InvalidProfile(InvalidSetting):
    """A quality profile does not exist, cannot be read, or is not as its schema says."""

    code = "invalid-profile"


class LinkError(OralcamError):
    """The connection to the camera does not work as it should."""

    code = "link"
    exit_code = 11


class RequestTimeout(LinkError):
    """The camera did not answer in time."""

    code = "request-timeout"


class TransferFailed(LinkError):
    """A photo did not arrive whole; the camera still has it."""

    code = "transfer-failed"


class WrongDigest(TransferFailed):
    """A photo arrived with another SHA-256 than the camera names; it was thrown away."""

    code = "wrong-digest"


class MalformedAnswer(LinkError):
    """The camera's answer is not what its protocol says."""

    code = "malformed-answer"


class ImplausiblePhoto(LinkError):
    """The camera announces a photo that cannot be: it is not fetched."""

    code = "implausible-photo"


class DeviceDisconnected(LinkError):
    """The camera was unplugged, lost power or was reset. It is looked for: `Camera.wait_connected`."""

    code = "device-disconnected"
    exit_code = 12


class CameraClosed(OralcamError):
    """The camera was closed by this program."""

    code = "camera-closed"


class SpoolError(OralcamError):
    """The private folder for arriving photos cannot be used; the camera keeps the photo."""

    code = "spool"
    exit_code = 13


class EmulatorError(OralcamError):
    """The emulator could not be started or stopped answering."""

    code = "emulator"
    exit_code = 14


class MissingExtra(OralcamError):
    """A feature needs an optional package that is not installed."""

    code = "missing-extra"
    exit_code = 15


class RecordError(OralcamError):
    """The record of a photo cannot be made, or something in it is not as it must be; the photo is kept."""

    code = "record"
    exit_code = 16


class JpegError(RecordError):
    """A file is no JPEG that the record can use; its bytes are left as they are."""

    code = "jpeg"
    exit_code = 17


class DamagedJpeg(JpegError):
    """Parts of the JPEG are missing, or it is not one at all."""

    code = "damaged-jpeg"


class UnsupportedJpeg(JpegError):
    """The JPEG is whole, but of a kind that archives and charts do not take."""

    code = "unsupported-jpeg"


class InvalidMetadata(RecordError):
    """A name or a text is not fit to be written into a photo. It is not repeated in the message."""

    code = "invalid-metadata"


class InvalidPatient(RecordError):
    """A patient cannot be armed as given. What was given is not repeated in the message."""

    code = "invalid-patient"


class InvalidSite(RecordError):
    """There is no such tooth, surface or area, or it is not clear which one is meant."""

    code = "invalid-site"


class InvalidRecord(RecordError):
    """Something about a photo cannot be as it was given, or its JSON is no record of this version."""

    code = "invalid-record"


class RecordStoreError(RecordError):
    """The folder of the records cannot be read or written; what was in it is as before."""

    code = "record-store"


class RecordNotFound(RecordError):
    """There is no record, or nothing in quarantine, of that id."""

    code = "record-not-found"


class AuditBroken(RecordError):
    """The audit log was changed, cut or lost."""

    code = "audit-broken"


class AlreadyRecorded(RecordError):
    """The photo is in a record or in quarantine already; it is not taken in a second time."""

    code = "already-recorded"


class DicomError(RecordError):
    """A record and its JPEG cannot be made into a DICOM object; both are kept as they are."""

    code = "dicom"
    exit_code = 19


class IncompleteDicom(DicomError):
    """A DICOM object lacks what its standard demands, and was not sent; `findings` says what."""

    code = "incomplete-dicom"

    def __init__(self, message: str, findings: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class ArchiveError(OralcamError):
    """An archive did not take or confirm a photo, or a worklist did not answer; the photo is kept.

    `permanent` says that trying again cannot help until somebody changes something.
    """

    code = "archive"
    exit_code = 20
    permanent = False


class ArchiveUnreachable(ArchiveError):
    """Nobody answers at the archive's address, or what answers is no archive."""

    code = "archive-unreachable"


class ArchiveTimeout(ArchiveError):
    """The archive answered too slowly, or not to the end."""

    code = "archive-timeout"


class ArchiveBusy(ArchiveError):
    """The archive cannot take a photo at the moment."""

    code = "archive-busy"


class BrokenAnswer(ArchiveError):
    """The archive's answer broke off, or is not what its protocol says."""

    code = "broken-answer"


class ArchiveRefused(ArchiveError):
    """The archive will not take this photo, or not from this station."""

    code = "archive-refused"
    permanent = True


class ArchiveUnauthorized(ArchiveRefused):
    """The archive wants other credentials, or does not trust this station, or is not trusted itself."""

    code = "archive-unauthorized"


class WrongStudy(ArchiveRefused):
    """The archive was offered, or answers for, another study than the photo's."""

    code = "wrong-study"


class NotCommitted(ArchiveError):
    """The archive says that it does not keep a photo which it was sent: it is to be sent again."""

    code = "not-committed"


class VisitEnded(RecordError):
    """The visit is over: its patient is not armed any more."""

    code = "visit-ended"


class NotATrace(OralcamError):
    """A file that should be a trace is none, or is damaged, or cannot be read."""

    code = "not-a-trace"
    exit_code = 2
