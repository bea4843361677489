"""From a resource on the lab to a port that a camera or a rig controller can be opened at."""

from __future__ import annotations

from hil_tests.labgrid.errors import ResourceMissing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hil_tests.labgrid.answers import Resource

RAW = "NetworkSerialPort"
NEXT = "export it as a NetworkSerialPort with protocol: raw (hil_tests/examples/labgrid/exporter.yaml)."


def port_of(resource: Resource) -> str:
    """Return `socket://HOST:PORT` of a serial port that its exporter serves as raw TCP.

    Raises `ResourceMissing` for every other resource, saying why. RFC 2217, which labgrid's ser2net speaks,
    is one of them: the link reads from the descriptor, past the layer that would take its escapes out.
    """
    told = resource.parameters
    if not resource.available:
        raise ResourceMissing(
            f"Resource {resource.name} ({resource.path}) is not there: look at its exporter and at its cable."
        )
    if resource.kind != RAW:
        raise ResourceMissing(f"Resource {resource.name} is a {resource.kind}, not a serial port: {NEXT}")
    if told.get("protocol", "rfc2217") != "raw":
        raise ResourceMissing(f"Resource {resource.name} speaks RFC 2217, not raw TCP: {NEXT}")
    extra = told.get("extra")
    if isinstance(extra, dict) and extra.get("proxy_required"):
        raise ResourceMissing(
            f"Resource {resource.name} is behind an exporter that lets only SSH through:"
            " start it without --isolated."
        )
    host, port = told.get("host"), told.get("port")
    if not isinstance(host, str) or not host or type(port) is not int or not 0 < port < 65536:
        raise ResourceMissing(
            f"Resource {resource.name} has no address (host {host!r}, port {port!r}): {NEXT}"
        )
    return f"socket://[{host}]:{port}" if ":" in host else f"socket://{host}:{port}"
