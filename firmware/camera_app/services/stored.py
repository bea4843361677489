"""Stable records and numbers in the board's `Records`."""

from camera_app.core.numbers import NumberBlock
from camera_app.core.stable_record import StableRecord
from camera_app.hal import Records

SLOTS = (".a", ".b")


class StoredRecord:
    """Bytes under a name that survive power loss, also one in the middle of `save`."""

    def __init__(self, records: Records, name: str) -> None:
        self._records = records
        self._name = name
        self._read()

    def _read(self) -> None:
        slot_a, slot_b = [self._records.load(self._name + slot) for slot in SLOTS]
        self._record = StableRecord(slot_a, slot_b)

    @property
    def data(self) -> bytes:
        """What was saved last; b"" at first."""
        return self._record.data

    def save(self, data: bytes) -> None:
        """Store before returning; raises OSError if that failed, and what was saved before still counts."""
        slot, content = self._record.renew(data)
        try:
            self._records.save(self._name + SLOTS[slot], content)
        except OSError:
            self._read()  # that slot may hold anything now; the other one must not be written next
            raise


class StoredNumbers:
    """1, 2, 3 …, never the same one twice, whatever the power does."""

    def __init__(self, records: Records, name: str) -> None:
        self._record = StoredRecord(records, name)
        self._go_on()

    def _go_on(self) -> None:
        self._block = NumberBlock(int.from_bytes(self._record.data, "little"))

    def take(self) -> int:
        """The next number; raises OSError if its ceiling cannot be stored, and it is not used then."""
        must_store = self._block.must_store()
        number = self._block.take()
        if must_store:
            try:
                self._record.save(self._block.ceiling.to_bytes(4, "little"))
            except OSError:
                self._go_on()  # no number above the stored ceiling: the next boot would use it again
                raise
        return number
