"""Where camera and rig are, if the description leaves that to a place on another machine.

`[labgrid]` in a description names one. It is ours before the bench opens anything, until the bench is closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from hil_tests.bench.description import Description
from hil_tests.signals import sigterm_as_ctrl_c


@contextmanager
def located(description: Description) -> Iterator[Description]:
    """Give the description with the ports of its place, which is ours meanwhile; itself, if it has no place.

    Raises `BenchError` if the place cannot be had, and at the end if somebody took it while it was ours.
    """
    if description.labgrid is None:
        yield description
        return
    from hil_tests.labgrid.place import Place

    with sigterm_as_ctrl_c(), Place(description.labgrid) as ports:
        yield _with_ports(description, ports)


def _with_ports(description: Description, ports: Mapping[str, str]) -> Description:
    camera, rig = description.camera, description.rig
    if "camera" in ports:
        camera = replace(camera, port=ports["camera"])
    if rig is not None and "rig" in ports:
        rig = replace(rig, port=ports["rig"])
    return replace(description, camera=camera, rig=rig)
