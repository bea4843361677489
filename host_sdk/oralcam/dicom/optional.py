"""The packages of the extra `oralcam[dicom]`: they load when first needed, and are kept from
telling names.
"""

from __future__ import annotations

from oralcam.errors import MissingExtra

SENTENCE = 'DICOM needs pydicom and pynetdicom: pip install "oralcam[dicom]".'


def need_pydicom() -> None:
    """Raise `MissingExtra` if pydicom is not installed."""
    try:
        import pydicom  # noqa: F401
    except ImportError as error:
        raise MissingExtra(SENTENCE) from error


def need_pynetdicom() -> None:
    """Raise `MissingExtra` if pynetdicom is not installed; keep its log free of patients.

    It writes every query and every answer of a worklist to the log, names included, unless told not to.
    """
    need_pydicom()
    try:
        from pynetdicom import _config
    except ImportError as error:
        raise MissingExtra(SENTENCE) from error
    _config.LOG_REQUEST_IDENTIFIERS = False
    _config.LOG_RESPONSE_IDENTIFIERS = False
