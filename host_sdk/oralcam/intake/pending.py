"""The photos that wait on the camera, as far as this program knows. Every caller holds the monitor."""

from __future__ import annotations

from oralcam_protocol.wire.enums import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam_protocol.wire.codec import Photo as WirePhoto

TRIES = 3  # in a session
LIMIT = 4096  # far more than any camera holds: one that announces more is not believed


class PendingPhotos:
    """Photos of presses, oldest first, and strays: captures of a program that was interrupted."""

    def __init__(self) -> None:
        self.not_believed = 0  # announcements beyond LIMIT
        self._pressed: dict[int, WirePhoto] = {}  # by number; dicts keep the order of arrival
        self._strays: dict[int, WirePhoto] = {}
        self._seen: set[int] = set()  # numbers that are known here and still on the camera
        self._fresh: set[int] = set()  # of these, the ones that were accepted in this session
        self._tries: dict[int, int] = {}  # how often one could not be brought in
        self._capturing = 0  # threads that ask for a photo
        self._unclaimed: dict[int, WirePhoto] = {}  # announced meanwhile

    def begin_again(self) -> None:
        """Begin a new session: what the camera will list counts, and nothing else."""
        for known in (self._pressed, self._strays, self._tries, self._unclaimed):
            known.clear()
        self._seen.clear()
        self._fresh.clear()

    def announced(self, photo: WirePhoto) -> None:
        """Note a photo that the camera has just accepted."""
        if photo.capture_id in self._seen:
            return
        if photo.trigger != Trigger.BUTTON and self._capturing:
            self._unclaimed[photo.capture_id] = photo  # somebody here may be waiting for just this one
            return
        self.listed(photo)
        if photo.capture_id in self._seen:
            self._fresh.add(photo.capture_id)

    def listed(self, photo: WirePhoto) -> None:
        """Note a photo that is on the camera."""
        if len(self._seen) >= LIMIT:
            self.not_believed += 1
        elif photo.capture_id not in self._seen:
            self._seen.add(photo.capture_id)
            kind = self._pressed if photo.trigger == Trigger.BUTTON else self._strays
            kind[photo.capture_id] = photo

    def capture_began(self) -> None:
        """Note that this program asks for a photo."""
        self._capturing += 1

    def capture_ended(self, photo: WirePhoto | None) -> None:
        """Note that this program has got its photo, or None if the capture failed.

        No other call gets that photo then.
        """
        self._capturing -= 1
        if photo is not None:
            self._unclaimed.pop(photo.capture_id, None)
            self._strays.pop(photo.capture_id, None)
            self._seen.add(photo.capture_id)
            self._fresh.add(photo.capture_id)
        if not self._capturing:
            for unclaimed in self._unclaimed.values():  # of a program before this one, or of the bad end
                self.listed(unclaimed)
            self._unclaimed.clear()

    def is_fresh(self, capture_number: int) -> bool:
        """Tell whether it was accepted in this session: no earlier one can have brought it in then."""
        return capture_number in self._fresh

    @property
    def pressed(self) -> bool:
        """True if there is a photo of a press."""
        return bool(self._pressed)

    def take_pressed(self) -> WirePhoto:
        """Take the oldest photo of a press."""
        return self._pressed.pop(next(iter(self._pressed)))

    def take_strays(self) -> list[WirePhoto]:
        """Take all photos of interrupted captures."""
        strays = list(self._strays.values())
        self._strays.clear()
        return strays

    def put_back(self, photo: WirePhoto) -> bool:
        """Make a photo that could not be brought in the next of its kind; return False after TRIES times."""
        tries = self._tries[photo.capture_id] = self._tries.get(photo.capture_id, 0) + 1
        if tries >= TRIES:
            return False  # one bad photo must not stand in the way of all others
        if photo.trigger == Trigger.BUTTON:
            self._pressed = {photo.capture_id: photo, **self._pressed}
        else:
            self._strays = {photo.capture_id: photo, **self._strays}
        return True

    def gone(self, capture_number: int) -> None:
        """Forget a photo: the camera does not list it any more, or will be told of it."""
        self._pressed.pop(capture_number, None)
        self._strays.pop(capture_number, None)
        self._seen.discard(capture_number)
        self._fresh.discard(capture_number)
        self._tries.pop(capture_number, None)
