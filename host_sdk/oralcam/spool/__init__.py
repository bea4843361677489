"""Photos safe on disk, between the camera and wherever they go. No patients here."""

from oralcam.spool.spool import Arrival, Spool

__all__ = ["Arrival", "Spool"]
