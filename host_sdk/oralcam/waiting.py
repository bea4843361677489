"""Which photos wait on the camera, as far as this program knows. The monitor is held by whoever calls."""

from __future__ import annotations

from oralcam_protocol.wire.enums import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam_protocol.wire.codec import Photo as WirePhoto


class WaitingPhotos:
    """Photos of presses, oldest first, and strays: captures of a program that was interrupted."""

    def __init__(self) -> None:
        self._pressed: dict[int, WirePhoto] = {}  # by number; dicts keep the order of arrival
        self._strays: dict[int, WirePhoto] = {}
        self._seen: set[int] = set()  # numbers that are known here and still on the camera
        self._fresh: set[int] = set()  # of these, the ones that were accepted in this session

    def begin_again(self) -> None:
        """A new session: what the camera will list counts, and nothing else."""
        for known in (self._pressed, self._strays, self._seen, self._fresh):
            known.clear()

    def announced(self, photo: WirePhoto) -> None:
        """The camera has just accepted it. One that the host asked for is in the answer to that request."""
        if photo.trigger == Trigger.BUTTON and photo.capture_id not in self._seen:
            self._fresh.add(photo.capture_id)
            self.listed(photo)

    def listed(self, photo: WirePhoto) -> None:
        """It is on the camera."""
        if photo.capture_id not in self._seen:
            self._seen.add(photo.capture_id)
            kind = self._pressed if photo.trigger == Trigger.BUTTON else self._strays
            kind[photo.capture_id] = photo

    def captured(self, photo: WirePhoto) -> None:
        """It has just been accepted for this program, which has it in hand."""
        self._seen.add(photo.capture_id)
        self._fresh.add(photo.capture_id)

    def is_fresh(self, capture_number: int) -> bool:
        """Was it accepted in this session? No earlier one can have brought it in then."""
        return capture_number in self._fresh

    @property
    def pressed(self) -> bool:
        """Is there a photo of a press?"""
        return bool(self._pressed)

    def take_pressed(self) -> WirePhoto:
        """The oldest one."""
        return self._pressed.pop(next(iter(self._pressed)))

    def take_stray(self) -> WirePhoto | None:
        """One of an interrupted capture."""
        return self._strays.pop(next(iter(self._strays))) if self._strays else None

    def put_back(self, photo: WirePhoto) -> None:
        """It could not be brought in; it is the next one of its kind again."""
        if photo.trigger == Trigger.BUTTON:
            self._pressed = {photo.capture_id: photo, **self._pressed}
        else:
            self._strays = {photo.capture_id: photo, **self._strays}

    def gone(self, capture_number: int) -> None:
        """The camera does not list it any more, or will be told of it."""
        self._pressed.pop(capture_number, None)
        self._strays.pop(capture_number, None)
        self._seen.discard(capture_number)
        self._fresh.discard(capture_number)
