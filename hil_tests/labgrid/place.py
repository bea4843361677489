"""A place on a remote bench: reserved, waited for, acquired, used, released."""

from __future__ import annotations

import logging
import time

from hil_tests.labgrid.answers import PlaceState, read_places, read_reservations
from hil_tests.labgrid.client import Client, Refused, TookTooLong
from hil_tests.labgrid.errors import (
    PlaceError,
    PlaceHeld,
    PlaceLost,
    ResourceMissing,
    UnexpectedAnswer,
    UnknownPlace,
)
from hil_tests.labgrid.ports import port_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hil_tests.labgrid.answers import Reservation
    from hil_tests.labgrid.table import PlaceSettings

POLL_S = 1.0  # how often `labgrid-client wait` looks

log = logging.getLogger(__name__)


class Place:
    """A place, held between `acquire` and `release`, and for that long nobody else's.

    It is always got by way of a reservation: labgrid tells two runs of one user on one machine apart by
    nothing else. A run that is killed leaves the place acquired; `labgrid-client -p PLACE release` frees it.
    A reservation that never got its place expires by itself after a minute.
    """

    def __init__(self, settings: PlaceSettings, client: Client | None = None) -> None:
        self.settings = settings
        self.name = settings.place
        self._client = Client(settings.coordinator) if client is None else client
        self._reservation: Reservation | None = None
        self._acquiring = False
        self._held = False

    def __enter__(self) -> Mapping[str, str]:
        return self.acquire()

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if kind is None:
            self.release()
        else:
            self._let_go()  # what went wrong first is what counts

    def acquire(self) -> Mapping[str, str]:
        """Acquire the place; return the port of each role, such as {"camera": "socket://10.0.0.7:7070"}.

        Raises `UnknownPlace`, `PlaceHeld` (naming who holds it), `ResourceMissing`, `CoordinatorUnreachable`
        or `UnexpectedAnswer`; nothing is held then. Ctrl-C gives back what was got, too.
        """
        try:
            self._require_known()
            self._reserve()
            self._take()
            self._held = True
            return self._ports()
        except BaseException:
            self._let_go()
            raise

    def release(self) -> None:
        """Give the place back. Harmless when nothing is held.

        Raises `PlaceLost` if somebody took it meanwhile: what was measured may not be this bench's alone.
        """
        reservation, held = self._reservation, self._held
        self._reservation, self._held = None, False
        if reservation is None:
            return
        try:
            ours = self._acquiring and self._is_ours(self._state(), reservation)
            if ours:
                # not `release`, which would also free what the same user holds from another machine
                self._client.run("-p", self.name, "release-from", reservation.owner)
        finally:
            self._acquiring = False
            self._cancel(reservation)
        if held and not ours:
            raise PlaceLost(
                f"Place {self.name} was taken away while the tests ran (released by force, or the coordinator"
                " was started anew): run them again."
            )

    def _let_go(self) -> None:
        try:
            self.release()
        except PlaceError as error:
            log.warning("Place %s could not be given back: %s", self.name or self.settings.filters, error)

    def _cancel(self, reservation: Reservation) -> None:
        try:
            self._client.run("cancel-reservation", reservation.token)
        except Refused:
            pass  # it has expired, or the coordinator was started anew

    def _require_known(self) -> None:
        places = read_places(self._client.run("-v", "places"))
        if not any(self._meant(place) for place in places):
            there = ", ".join(place.name for place in places) or "none"
            raise UnknownPlace(
                f"The coordinator at {self.settings.coordinator} does not know {self.settings.wanted} (it"
                f" knows: {there}): correct the bench file, or `labgrid-client -p NAME create` it."
            )

    def _meant(self, place: PlaceState) -> bool:
        if self.settings.place:
            return place.name == self.settings.place
        return self.settings.tags.items() <= place.tags.items()

    def _reserve(self) -> None:
        """Wait until a place is allocated to us."""
        made = read_reservations(self._client.run("reserve", *self.settings.filters))
        if len(made) != 1:
            raise UnexpectedAnswer("labgrid-client made no reservation: look at the coordinator's log.")
        self._reservation = made[0]
        deadline = time.monotonic() + self.settings.wait_s
        while not self._reservation.place:
            if self._reservation.state not in ("waiting", "allocated"):
                raise UnexpectedAnswer(
                    f"The reservation of {self.settings.wanted} is {self._reservation.state}: try again."
                )
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                raise self._held_by_others(self._reservation)
            try:
                self._client.run("wait", self._reservation.token, deadline_s=max(left_s, POLL_S))
            except TookTooLong:
                pass  # the deadline is looked at above
            self._reservation = self._look_again(self._reservation)
        self.name = self._reservation.place

    def _look_again(self, reservation: Reservation) -> Reservation:
        for found in read_reservations(self._client.run("reservations")):
            if found.token == reservation.token:
                return found
        raise UnexpectedAnswer(
            f"The coordinator has forgotten the reservation of {self.settings.wanted}: try again."
        )

    def _held_by_others(self, reservation: Reservation) -> PlaceHeld:
        owners = {found.token: found.owner for found in read_reservations(self._client.run("reservations"))}
        held = []
        for place in read_places(self._client.run("-v", "places")):
            who = place.holder or owners.get(place.reservation, "")
            if self._meant(place) and who:
                ours = " (another run of yours)" if who == reservation.owner else ""
                held.append(f"{place.name} is held by {who}{ours}")
        return PlaceHeld(
            f"Cannot have {self.settings.wanted}: {' and '.join(held) or 'somebody waits for it too'} and was"
            f" not free within {self.settings.wait_s:g} s; ask for it, wait longer (wait_s), or free it by"
            f" `labgrid-client -p {self.settings.place or 'PLACE'} release` if it was forgotten."
        )

    def _take(self) -> None:
        assert self._reservation is not None
        self._acquiring = True
        try:
            self._client.run("-p", f"+{self._reservation.token}", "acquire")
        except Refused as error:
            if "no matching remote resource" in error.reason:
                raise ResourceMissing(
                    f"Place {self.name} is not complete ({error.reason}): start the exporter that has it,"
                    f" or correct the place's matches (`labgrid-client -p {self.name} show`)."
                ) from error
            if "acquire resources" in error.reason:
                raise PlaceHeld(
                    f"Place {self.name} shares a resource with a place that is in use, or its exporter cannot"
                    f" start it ({error.reason}): see `labgrid-client -v resources`."
                ) from error
            raise

    def _is_ours(self, state: PlaceState, reservation: Reservation) -> bool:
        return state.holder == reservation.owner and state.reservation == reservation.token

    def _state(self) -> PlaceState:
        places = read_places(self._client.run("-p", self.name, "show"))
        if len(places) != 1 or places[0].name != self.name:
            raise UnexpectedAnswer(f"labgrid-client does not show place {self.name}: was it deleted?")
        return places[0]

    def _ports(self) -> Mapping[str, str]:
        there = {resource.name: resource for resource in self._state().resources}
        ports = {}
        for role, name in self.settings.resources.items():
            if name not in there:
                raise ResourceMissing(
                    f"Place {self.name} has no resource {name} for the {role} (it has:"
                    f" {', '.join(there) or 'none'}): correct"
                    " the bench file, or add it with `labgrid-client add-named-match`."
                )
            ports[role] = port_of(there[name])
        return ports
