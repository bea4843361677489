"""What comes out of the VM: passed on as it comes, up to a mark that says that nothing more follows."""

from __future__ import annotations

from collections.abc import Callable


class MarkedStream:
    """Gives bytes to `sink` at once; `ended` when the mark has come. The mark itself is not passed on.

    Each virtio port is a queue of its own, so "the command has ended" may overtake its last lines.

    >>> seen = bytearray()
    >>> stream = MarkedStream(b"<end>", seen.extend)
    >>> for piece in (b"ab", b"c<e", b"nd>"):
    ...     stream.feed(piece)
    >>> bytes(seen), stream.ended
    (b'abc', True)
    """

    def __init__(self, mark: bytes, sink: Callable[[bytes], object]) -> None:
        self._mark = mark
        self._sink = sink
        self._held = b""
        self.ended = False

    def feed(self, data: bytes) -> None:
        """Bytes as they came; what could be the mark's beginning is held back."""
        data = self._held + data
        before, mark, _ = data.partition(self._mark)
        if mark:
            self.ended = True
            self._held = b""
        else:
            begun = next((n for n in range(len(self._mark) - 1, 0, -1) if data.endswith(self._mark[:n])), 0)
            before, self._held = data[: len(data) - begun], data[len(data) - begun :]
        if before:
            self._sink(before)


class Lines:
    """`word value` lines from init, also when they come in halves."""

    def __init__(self) -> None:
        self._rest = b""
        self.said: dict[str, str] = {}

    def feed(self, data: bytes) -> None:
        """Bytes as they came."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            word, _, value = line.decode(errors="replace").partition(" ")
            self.said[word] = value
