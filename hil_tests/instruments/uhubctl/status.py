"""What uhubctl prints, as values.

Source: uhubctl 2.5.0, its README ("Usage") and `print_port_status`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

HUB = re.compile(r"(?:Current|New) status for hub (?P<location>[0-9.-]+) \[(?P<description>.*)\]")
PORT = re.compile(r"\s+Port (?P<number>\d+): (?P<bits>[0-9a-f]{4})(?P<words>[^\[]*)(?:\[.*\])?")


@dataclass
class Hub:
    """One hub; `ports` maps a port's number to the words that tell its state: power, enable, connect …"""

    location: str
    description: str
    ports: dict[int, frozenset[str]] = field(default_factory=dict)

    def powered(self, port: int) -> bool:
        """Tell whether the port has power. Raises KeyError for a port that uhubctl did not tell of."""
        return "power" in self.ports[port]


def read_status(text: str) -> list[Hub]:
    """Return every hub as it was told last: an action prints the state before and after it."""
    hubs: dict[str, Hub] = {}
    current: Hub | None = None
    for line in text.splitlines():
        if (hub := HUB.fullmatch(line.rstrip())) is not None:
            current = hubs[hub["location"]] = Hub(hub["location"], hub["description"])
        elif (port := PORT.fullmatch(line.rstrip())) is not None and current is not None:
            current.ports[int(port["number"])] = frozenset(port["words"].split())
    return list(hubs.values())
