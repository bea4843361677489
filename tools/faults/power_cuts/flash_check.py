"""Is the file system in a flash whole? Asked of littlefs's own code on this computer, not of the camera's."""

from __future__ import annotations

from littlefs import LittleFS, LittleFSError, UserContext

from camera_app.core.stable_record import StableRecord

BLOCK = 4096
UNIT = 256
RECORDS = "/records/"


class FlashCheck:
    """Looks at one camera's flash after each cut: a record that was whole once must be whole forever."""

    def __init__(self) -> None:
        self._once_whole: set[str] = set()

    def trouble_in(self, flash: bytes) -> list[str]:
        """What is wrong with it, a sentence each. Every file is read to its end."""
        try:
            files = _files_in(flash)
        except (LittleFSError, OSError) as error:
            return [f"The file system is not whole: {error}."]
        slots = {path: content for path, content in files.items() if path.startswith(RECORDS)}
        whole = {
            name
            for name in {path[:-2] for path in slots}
            if StableRecord(slots.get(f"{name}.a", b""), slots.get(f"{name}.b", b"")).data
        }
        spoilt = self._once_whole - whole
        self._once_whole |= whole
        return [f"The record {name} is whole in neither of its slots." for name in sorted(spoilt)]


def _files_in(flash: bytes) -> dict[str, bytes]:
    system = LittleFS(
        context=UserContext(buffer=bytearray(flash)),
        block_size=BLOCK,
        block_count=len(flash) // BLOCK,
        read_size=UNIT,
        prog_size=UNIT,
        mount=False,
    )
    system.mount()
    files = {}
    for folder, _, names in system.walk("/"):
        for name in names:
            path = f"{folder.rstrip('/')}/{name}"
            with system.open(path, "rb") as file:
                files[path] = file.read()
    return files
