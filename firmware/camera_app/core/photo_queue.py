"""Photos that were accepted and not yet acknowledged. A full queue refuses the new, never drops the old."""

from oralcam_protocol.wire.codec import Photo


class PhotoQueue:
    """What waits for the host, by capture_id. The bytes are in the board's PhotoStore."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._photos: "dict[int, Photo]" = {}
        self._digests: "dict[int, bytes]" = {}

    def __len__(self) -> int:
        return len(self._photos)

    @property
    def full(self) -> bool:
        """True if the next photo must be refused."""
        return len(self._photos) >= self.capacity

    def accept(self, photo: Photo) -> None:
        """The photo's bytes are in the store."""
        self._photos[photo.capture_id] = photo

    def get(self, capture_id: int) -> "Photo | None":
        """A waiting photo."""
        return self._photos.get(capture_id)

    def after(self, capture_id: int, count: int) -> "list[Photo]":
        """Up to `count` waiting photos with a higher number, lowest first."""
        numbers = sorted([number for number in self._photos if number > capture_id])
        return [self._photos[number] for number in numbers[:count]]

    def digest(self, capture_id: int) -> "bytes | None":
        """SHA-256 of the photo, once something has hashed it."""
        return self._digests.get(capture_id)

    def set_digest(self, capture_id: int, sha256: bytes) -> None:
        """Remember the SHA-256 of a waiting photo."""
        if capture_id in self._photos:
            self._digests[capture_id] = sha256

    def acknowledge(self, capture_id: int) -> bool:
        """The host has it durable; True if it was still waiting."""
        self._digests.pop(capture_id, None)
        return self._photos.pop(capture_id, None) is not None
