"""Which Debian packages hold them, and the services that must not start by themselves."""

from __future__ import annotations

PACKAGES = (
    "dcmtk",  # wlmscpfs, storescp, dcmdump
    "dicom3tools",  # dciodvfy
    "iproute2",  # ip, for alone.sh
    "libimage-exiftool-perl",
    "orthanc",  # the archive, with its worklist plugin
    "orthanc-dicomweb",
)
# Debian starts an archive on public ports as soon as it is installed, and again at each boot
SERVICES = ("orthanc.service",)
