"""A lab in memory: answers commands as labgrid-client does, and lets a test come between any two of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hil_tests.labgrid.client import Client, Refused, TookTooLong
from hil_tests.labgrid.table import PlaceSettings

US = "desk/bob"
THEM = "bench2/anna"


@dataclass
class Lab(Client):
    """One place, `oralcam`; `before` is called with each command before it is carried out."""

    holder: str = ""
    reservations: dict[str, tuple[str, str]] = field(default_factory=dict)  # token: owner, place
    complete: bool = True
    protocol: str = "raw"
    before: Callable[[str], None] = lambda _: None
    commands: list[str] = field(default_factory=list)

    def run(self, *arguments: str, deadline_s: float = 20.0) -> str:
        command = " ".join(arguments)
        self.commands.append(command)
        self.before(command)
        words = {
            "reserve": self._reserve,
            "wait": lambda: self._wait(arguments[-1], deadline_s),
            "reservations": self._show_reservations,
            "cancel-reservation": lambda: self._cancel(arguments[-1]),
            "places": self._show,
            "show": lambda: self._show() + self._resources(),
            "acquire": lambda: self._acquire(command),
            "release-from": lambda: self._release(arguments[-1]),
        }
        return next(words[word] for word in arguments if word in words)()

    def _reserve(self) -> str:
        token = f"TOKEN{len(self.commands)}"
        self.reservations[token] = (US, "")
        self.schedule()
        return self._reservation(token)

    def schedule(self) -> None:
        """A free place goes to who waits longest."""
        if not self.holder and not self._token():
            for token, (owner, _) in self.reservations.items():
                self.reservations[token] = (owner, "oralcam")
                return

    def _wait(self, token: str, deadline_s: float) -> str:
        self.schedule()
        if not self.reservations[token][1]:
            raise TookTooLong(f"{deadline_s}")
        return ""

    def _cancel(self, token: str) -> str:
        if self.reservations.pop(token, None) is None:
            raise Refused("cancel-reservation", f"Reservation {token} does not exist")
        return ""

    def _acquire(self, command: str) -> str:
        if not self.complete:
            raise Refused(command, "Match other/rig -> rig has no matching remote resource")
        self.holder = US
        return "acquired place oralcam\n"

    def _release(self, owner: str) -> str:
        if self.holder == owner:
            self.holder = ""
        return ""

    def _token(self) -> str:
        return next((token for token, (_, place) in self.reservations.items() if place), "")

    def _reservation(self, token: str) -> str:
        owner, place = self.reservations[token]
        state = f"allocated\n  allocations:\n    main: {place}" if place else "waiting"
        return f"Reservation '{token}':\n  owner: {owner}\n  token: {token}\n  state: {state}\n"

    def _show_reservations(self) -> str:
        return "".join(self._reservation(token) for token in self.reservations)

    def _show(self) -> str:
        reservation = f"  reservation: {self._token()}\n" if self._token() else ""
        return f"Place 'oralcam':\n  tags: rig=yes\n  acquired: {self.holder or None}\n{reservation}"

    def _resources(self) -> str:
        told = {
            "cls": "NetworkSerialPort",
            "avail": True,
            "params": {"host": "127.0.0.1", "port": 7070, "protocol": self.protocol},
        }
        return f"Acquired resource 'camera' (bench/bench/NetworkSerialPort/camera):\n  {told!r}\n"


def settings(place: str = "oralcam", wait_s: float = 0.0, **more: object) -> PlaceSettings:
    return PlaceSettings("127.0.0.1:20408", place, wait_s=wait_s, **more)  # type: ignore[arg-type]
