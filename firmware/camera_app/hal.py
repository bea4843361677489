"""What the application expects of a board. A new board is a folder that implements these, nothing else.

Written as plain classes: MicroPython has no abstract base classes, and a missing method is found at once by
`raise NotImplementedError`. Any call may raise OSError: a bus answers NAK, a chip is gone. No call waits for
longer than a bus transfer takes, except the coroutines; and these may be cancelled at any moment.
"""


class Link:
    """Bytes to and from the host."""

    async def readinto(self, buffer: bytearray) -> int:
        """Wait for bytes and copy what is there; returns how many, 0 if the host went away (try again)."""
        raise NotImplementedError

    def write(self, view: memoryview) -> int:
        """Copy what the link takes at once; returns how many bytes. Never waits, never keeps `view`."""
        raise NotImplementedError

    async def writable(self) -> None:
        """Return when `write` may take something again."""
        raise NotImplementedError

    def opened(self) -> "bool | None":
        """Return whether a host has it open; None from a link that cannot know (a UART, a pty)."""
        return None

    def reset(self) -> None:
        """Drop what waits to be sent: the host that it was for is gone."""


class SensorFrame:
    """One frame that the sensor holds until the next exposure. Times are `Ticks.ticks_us`.

    Exposure time and gain are those that were used, which need not be those that were asked for.
    """

    def __init__(
        self,
        size: int,
        width: int,
        height: int,
        start_ticks: int,
        end_ticks: int,
        exposure_us: int,
        gain_milli: int,
        uncertainty_us: int = 0,
    ) -> None:
        self.size = size
        self.width = width
        self.height = height
        self.start_ticks = start_ticks
        self.end_ticks = end_ticks
        self.exposure_us = exposure_us
        self.gain_milli = gain_milli
        self.uncertainty_us = uncertainty_us  # of the two times


class Sensor:
    """The image sensor with its JPEG encoder: light is needed for `expose` alone."""

    settle_frames = 0  # frames that `expose` passes over after a change of exposure time or gain

    async def expose(self, exposure_us: int, gain_milli: int, jpeg_quality: int) -> None:
        """Expose a frame that begins after this call; returns when light is no longer needed.

        Raises OSError if the sensor fails. Cancelled, it leaves a sensor that can expose again.
        """
        raise NotImplementedError

    async def frame(self) -> SensorFrame:
        """Wait for the exposed frame; raises OSError if none comes."""
        raise NotImplementedError

    def readinto(self, offset: int, view: memoryview) -> int:
        """Copy the frame's bytes from `offset` on; returns how many."""
        raise NotImplementedError

    async def recover(self) -> None:
        """Reset the sensor after a failure or an exposure that did not end; raises OSError if it is dead."""


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
    """The LED ring: a driver on a bus, and the enable line of its supply, which is low in reset.

    It is lit only while the line is high *and* the driver's currents are not 0. `camera_app.safety` alone
    calls these.
    """

    rated_ua = 20000  # a zone's mean current at level 1.0
    peak_ua = 20000  # a zone's current while its pulse is on, whatever the level

    # what `faults` tells, or-ed
    OPEN = 1  # an LED is broken: told, its zone stays dark by itself
    SHORT = 2
    HOT = 4  # the driver itself is too hot

    def enable(self, on: bool) -> None:
        """Set the enable line. A pin of the processor's own: it works when the bus does not."""
        raise NotImplementedError

    def apply(self, currents_ua: "list[int]") -> None:
        """Drive the zones, in the order of `wire.enums.Zone`, with these mean currents.

        Raises OSError if the driver did not acknowledge: then each zone has its old or its new current.
        """
        raise NotImplementedError

    def faults(self) -> int:
        """Return what the driver says of its LEDs and itself: OPEN, SHORT, HOT, or 0."""
        return 0


class Watchdog:
    """Resets the board in hardware unless it is fed. Once started, nothing stops it but the reset."""

    def start(self, timeout_ms: int) -> None:
        """Start it; the board takes the longest time that it can, up to `timeout_ms`."""
        raise NotImplementedError

    def feed(self) -> None:
        """Put the reset off by one timeout. The safety check alone calls this."""
        raise NotImplementedError


class Bus:
    """An I2C bus. It has one owner, which hands it to the drivers of its chips; `machine.I2C` looks alike.

    Every call is one transfer, at most some milliseconds, and raises OSError if a chip answers NAK, or if
    the bus is stuck.
    """

    def writeto(self, address: int, data: "bytes | bytearray") -> int:
        """Write bytes to a chip; returns how many it acknowledged."""
        raise NotImplementedError

    def readfrom_into(self, address: int, buffer: "bytearray | memoryview") -> None:
        """Fill the buffer from a chip."""
        raise NotImplementedError

    def writeto_mem(self, address: int, register: int, data: "bytes | bytearray") -> None:
        """Write to a chip's registers from `register` on."""
        raise NotImplementedError

    def readfrom_mem_into(self, address: int, register: int, buffer: "bytearray | memoryview") -> None:
        """Fill the buffer from a chip's registers from `register` on."""
        raise NotImplementedError

    def recover(self) -> None:
        """Clock a chip that holds SDA low out of its transfer (UM10204, 3.1.16), and start over."""
        raise NotImplementedError


class Indicator:
    """What the handpiece shows or sounds."""

    def show(self, pattern: str) -> None:
        """One of `camera_app.services.indicator.PATTERNS`."""
        raise NotImplementedError


class Sensors:
    """Slow measurements, and what else decides whether there may be light."""

    has_second = False  # is there a second thermometer at the tip?

    def tip_temperature_mc(self) -> "int | None":
        """Thousandths of a degree Celsius at the tip; None if the sensor is missing or implausible."""
        raise NotImplementedError

    def second_temperature_mc(self) -> "int | None":
        """Return the same from the second thermometer; asked only if there is one."""
        return None

    def die_temperature_mc(self) -> "int | None":
        """Thousandths of a degree Celsius in the hottest chip; None from a board that cannot measure it."""
        return None

    def supply_mv(self) -> int:
        """Supply voltage in millivolts."""
        raise NotImplementedError

    def docked(self) -> bool:
        """Return whether the handpiece lies in its dock."""
        return False

    def suspended(self) -> bool:
        """Return whether the USB bus is suspended: the board must not draw light's current then."""
        return False


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


class Console:
    """Where a developer reads what went wrong. A board whose only port is the product's may have none."""

    def write(self, text: str) -> None:
        """Write a line or several; what cannot be written now is dropped."""
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
    watchdog: Watchdog
    indicator: Indicator
    sensors: Sensors
    ticks: Ticks
    records: Records
    console: "Console | None" = None

    def random_u32(self) -> int:
        """An unpredictable number (boot id)."""
        raise NotImplementedError

    def service_mode(self) -> bool:
        """Return whether the button was held at boot: a REPL, and no application and no light then."""
        return False

    def started(self) -> None:
        """The application is up."""

    async def run(self) -> None:
        """Whatever the board itself has to keep doing; may return at once."""

    def reset(self) -> None:
        """Reset the whole board, as its reset pin does. Does not return."""
        raise NotImplementedError
