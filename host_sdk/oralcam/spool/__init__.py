"""Internal: photos safe on disk, between the camera and wherever they go. The spool knows no patients."""

from oralcam.spool.spool import Spool

__all__ = ["Spool"]
