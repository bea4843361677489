"""Records that cannot be written: what was saved before still counts, and no number is used twice."""

from camera_app.hal import Records
from camera_app.services.losses import Losses
from camera_app.services.stored import StoredNumbers, StoredRecord
from oralcam_protocol.wire.codec import LossKnownRequest


class Flash(Records):
    """Fails while `room` is not -1: that many bytes of a save still get in."""

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}
        self.room = -1
        self.saves = 0

    def load(self, name: str) -> bytes:
        return self.content.get(name, b"")

    def save(self, name: str, data: bytes) -> None:
        self.saves += 1
        if self.room >= 0:
            self.content[name] = data[: self.room]
            raise OSError(28)
        self.content[name] = data


def failing(flash: Flash, room: int, action: object) -> bool:
    """True if the action tells of the failure."""
    flash.room = room
    try:
        action()  # type: ignore[operator]
    except OSError:
        return True
    finally:
        flash.room = -1
    return False


def test_saves_that_fail_one_after_the_other_leave_what_was_saved_before() -> None:
    for room in range(20):
        flash = Flash()
        record = StoredRecord(flash, "r")
        record.save(b"first")
        record.save(b"good")
        for _ in range(3):  # the second would write over the good slot, if the first had counted
            assert failing(flash, room, lambda record=record: record.save(b"never"))
            assert StoredRecord(flash, "r").data == record.data, room
            assert record.data in (b"good", b"never"), room
        record.save(b"next")
        assert StoredRecord(flash, "r").data == b"next", room


def test_a_number_whose_ceiling_was_not_stored_is_not_used() -> None:
    for room in range(12):
        flash = Flash()
        numbers = StoredNumbers(flash, "n")
        used = [numbers.take() for _ in range(64)]  # the next one raises the ceiling
        for _ in range(2):
            assert failing(flash, room, numbers.take)
        used.append(numbers.take())
        for _ in range(3):
            numbers = StoredNumbers(flash, "n")
            used += [numbers.take(), numbers.take()]
        assert sorted(set(used)) == used, room


def test_a_capture_that_was_not_written_down_is_not_begun() -> None:
    flash = Flash()
    losses = Losses(flash, [])
    assert failing(flash, 3, lambda: losses.begin(1, 1))
    losses.begin(2, 2)
    assert Losses(flash, [])._ledger.after(0, 9) == [(2, 2)]


def finish(coroutine: object) -> None:
    """These await nothing."""
    try:
        coroutine.send(None)  # type: ignore[attr-defined]
    except StopIteration:
        pass


def test_what_could_not_be_struck_out_is_with_the_next_call() -> None:
    flash = Flash()
    losses = Losses(flash, [])
    losses.begin(1, 1)
    assert failing(flash, 3, lambda: losses.settle(1))
    assert Losses(flash, []).unknown == 1  # still written down: rather too much than too little
    losses.settle(1)  # an acknowledgement comes before the photo is freed
    assert Losses(flash, []).unknown == 0

    losses.begin(2, 2)
    losses = Losses(flash, [])
    request = LossKnownRequest(2).pack()
    assert failing(flash, 3, lambda: finish(losses.known(request)))
    finish(losses.known(request))
    assert Losses(flash, []).unknown == 0


def test_what_changes_nothing_is_not_written() -> None:
    flash = Flash()
    losses = Losses(flash, [])
    losses.begin(1, 1)
    losses.settle(1)
    before = flash.saves
    losses.settle(1)
    finish(losses.known(LossKnownRequest(1).pack()))
    assert flash.saves == before
