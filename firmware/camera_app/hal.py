"""What the application expects of a board. A new board is a folder that implements these, nothing else.

Written as plain classes: MicroPython has no abstract base classes, and a missing method is found at once by
`raise NotImplementedError`.
"""


class Link:
    """Bytes to and from the host."""

    async def read(self) -> bytes:
        """Some bytes as soon as there are any; b"" if the host went away (try again later)."""
        raise NotImplementedError

    def write(self, view: memoryview) -> int:
        """Hand over what the link takes at once; returns how many bytes. Never waits."""
        raise NotImplementedError

    async def writable(self) -> None:
        """Return when `write` may take something again."""
        raise NotImplementedError


class SensorFrame:
    """One frame that the sensor holds until the next exposure. Times are `Ticks.ticks_us`."""

    def __init__(self, size: int, width: int, height: int, start_ticks: int, end_ticks: int) -> None:
        self.size = size
        self.width = width
        self.height = height
        self.start_ticks = start_ticks
        self.end_ticks = end_ticks


class Sensor:
    """The image sensor with its JPEG encoder."""

    async def expose(self, exposure_us: int, gain_milli: int, jpeg_quality: int) -> SensorFrame:
        """Expose a frame that begins after this call; raises OSError if the sensor fails."""
        raise NotImplementedError

    def readinto(self, offset: int, view: memoryview) -> int:
        """Copy the frame's bytes from `offset` on; returns how many."""
        raise NotImplementedError


class PhotoStore:
    """Accepted photos, outside the heap. No service ever holds a whole photo."""

    survives_reset = False

    def reserve(self, capture_id: int, size: int) -> bool:
        """Make room; False if there is none. A reserved photo is nothing until `commit`."""
        raise NotImplementedError

    def write(self, capture_id: int, offset: int, view: memoryview) -> None:
        """Store bytes of a reserved photo."""
        raise NotImplementedError

    def commit(self, capture_id: int, description: bytes) -> None:
        """The photo is whole: from here on it is accepted. `description` comes back from `held`."""
        raise NotImplementedError

    def readinto(self, capture_id: int, offset: int, view: memoryview) -> int:
        """Copy bytes of an accepted photo; returns how many."""
        raise NotImplementedError

    def free(self, capture_id: int) -> None:
        """Forget a photo, reserved or accepted."""
        raise NotImplementedError

    def held(self) -> "list[tuple[int, bytes]]":
        """The accepted photos found at start: number and description."""
        raise NotImplementedError

    def free_bytes(self) -> int:
        """Room left."""
        raise NotImplementedError


class ButtonInput:
    """The capture button's edges, as the interrupt saw them."""

    async def wait(self) -> None:
        """Return when there may be an edge to take."""
        raise NotImplementedError

    def take_edge(self) -> "tuple[bool, int] | None":
        """The next edge: pressed or not, and when (`Ticks.ticks_us`)."""
        raise NotImplementedError

    def pressed(self) -> bool:
        """The level now: edges may be lost in a full queue, the level is not."""
        raise NotImplementedError


class Ring:
    """The LED ring."""

    rated_ua = 20000  # a zone's current at level 1.0

    def apply(self, currents_ua: "list[int]") -> None:
        """Drive the zones, in the order of `wire.enums.Zone`, with these mean currents."""
        raise NotImplementedError


class Indicator:
    """What the handpiece shows or sounds."""

    def show(self, pattern: str) -> None:
        """One of `camera_app.services.indicator.PATTERNS`."""
        raise NotImplementedError


class Sensors:
    """Slow measurements."""

    def tip_temperature_mc(self) -> "int | None":
        """Thousandths of a degree Celsius at the tip; None if the sensor is missing or implausible."""
        raise NotImplementedError

    def supply_mv(self) -> int:
        """Supply voltage in millivolts."""
        raise NotImplementedError


class Ticks:
    """The board's free-running counter."""

    WRAP_US = 1 << 30

    def ticks_us(self) -> int:
        """Microseconds, wrapping at WRAP_US (17.9 minutes)."""
        raise NotImplementedError


class Records:
    """A few short records that survive power loss."""

    def load(self, name: str) -> bytes:
        """What was saved, b"" if there is nothing; anything at all after a power cut during `save`."""
        raise NotImplementedError

    def save(self, name: str, data: bytes) -> None:
        """Store at most 1 KiB before returning; raises OSError if it cannot, whatever is there then.

        See `services.stored` for whole records.
        """
        raise NotImplementedError


class Board:
    """One board, complete."""

    name = ""
    serial_number = ""
    reset_cause = 0  # wire.enums.ResetCause
    capabilities = 0  # wire.enums.Capability

    links: "list[Link]"  # its interfaces to a host; each listens all the time
    sensor: Sensor
    store: PhotoStore
    button: ButtonInput
    ring: Ring
    indicator: Indicator
    sensors: Sensors
    ticks: Ticks
    records: Records

    def random_u32(self) -> int:
        """An unpredictable number (boot id)."""
        raise NotImplementedError

    def started(self) -> None:
        """The application is up."""

    async def run(self) -> None:
        """Whatever the board itself has to keep doing; may return at once."""
