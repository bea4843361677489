"""Internal: photos safe on disk, between the camera and wherever they go. No patients here."""

from oralcam.spool.spool import Spool

__all__ = ["Spool"]
