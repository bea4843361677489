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
        self._record = StableRecord(records.load(name + SLOTS[0]), records.load(name + SLOTS[1]))

    @property
    def data(self) -> bytes:
        """What was saved last; b"" at first."""
        return self._record.data

    def save(self, data: bytes) -> None:
        """Store before returning."""
        slot, content = self._record.renew(data)
        self._records.save(self._name + SLOTS[slot], content)


class StoredNumbers:
    """1, 2, 3 …, never the same one twice, whatever the power does."""

    def __init__(self, records: Records, name: str) -> None:
        self._record = StoredRecord(records, name)
        self._block = NumberBlock(int.from_bytes(self._record.data, "little"))

    def take(self) -> int:
        """The next number."""
        must_store = self._block.must_store()
        number = self._block.take()
        if must_store:
            self._record.save(self._block.ceiling.to_bytes(4, "little"))
        return number
