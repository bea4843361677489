"""Orders for a photo, from a press or the host; light, exposure, store: then the photo is *accepted*.

Orders wait in line. An order is only ever exposed after it was given, so no photo shows light from before.
"""

import asyncio

from camera_app import buffers
from camera_app.hal import SensorFrame
from camera_app.services.exposures import Exposures, Foreseen
from camera_app.services.failure import Failure
from camera_app.services.indicator import FAULT, REFUSED, TAKEN
from camera_app.services.services import Services
from camera_app.services.stored import StoredNumbers
from oralcam_protocol.wire.codec import CaptureReply, CaptureRequest, Photo, ZoneLight
from oralcam_protocol.wire.enums import ErrorCode, EventType, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Callable

ORDERS = 8  # presses that may wait while the sensor is busy
NO_TEMPERATURE = -0x80000000


class Order:
    """One photo wanted."""

    def __init__(
        self,
        capture_id: int,
        trigger: int,
        press_number: int,
        sharpest_of: int,
        foreseen: "Foreseen | None" = None,
    ) -> None:
        self.capture_id = capture_id
        self.trigger = trigger
        self.press_number = press_number
        self.sharpest_of = sharpest_of
        self.foreseen = foreseen
        self.done = asyncio.Event()
        self.photo: "Photo | None" = None
        self.failure: "Failure | None" = None


class Capture:
    """The line of orders and the task that works through it."""

    def __init__(self, services: Services, exposures: Exposures) -> None:
        self._board = services.board
        self._clock = services.clock
        self._events = services.events
        self._queue = services.queue
        self.exposures = exposures
        self._lighting = services.lighting
        self._settings = services.settings
        self._indicator = services.indicator
        self._log = services.log
        self._losses = services.losses
        self._boot_id = services.boot_id
        self._numbers = StoredNumbers(services.board.records, "capture")
        self._orders: "list[Order]" = []
        self._wake = asyncio.Event()
        self._piece = memoryview(buffers.copying)
        self.accepted = 0
        self.refused = 0

    def foresee(self, take_press_number: "Callable[[], int]") -> "Order | None":
        """A press may have begun: light up and expose now, if its order would be the next.

        `order_by_button` or `withdraw` must follow. None if this press has to wait for its turn, or to be
        refused, as soon as it is certain.
        """
        if self._settings.current.button_lock or self._orders or self._queue.full:
            return None
        try:
            foreseen = self.exposures.foresee()
        except Failure:
            return None
        press_number = take_press_number()  # while the LEDs settle
        try:
            if press_number:
                return self._note(Trigger.BUTTON, press_number, 1, foreseen)
        except OSError as error:
            self._log.failure("records", error)
        self.exposures.forget_at_once()
        return None

    async def withdraw(self, order: Order) -> None:
        """It was a bounce, or has been refused: its numbers are not used, and it is no loss."""
        await self.exposures.forget()
        self._losses.settle(order.capture_id)

    def order_by_button(self, press_number: int, foreseen: "Order | None") -> bool:
        """A press: take a photo, or refuse visibly; returns whether the order that was foreseen is used."""
        if self._settings.current.button_lock:
            self.refuse(press_number, ErrorCode.BUTTON_LOCKED)
        elif len(self._orders) >= ORDERS:
            self.refuse(press_number, ErrorCode.BUSY)
        else:
            try:
                self._append(foreseen or self._note(Trigger.BUTTON, press_number, 1, None))
                return foreseen is not None
            except OSError as error:  # not written down, it could vanish silently: then rather no photo
                self._log.failure("records", error)
                self.refuse(press_number, ErrorCode.INTERNAL)
        return False

    async def order_by_host(self, payload: bytes) -> CaptureReply:
        """REQ CAPTURE: answered when the photo is accepted."""
        request = CaptureRequest.unpack(payload)
        if not 1 <= request.sharpest_of <= 8:
            raise Failure(ErrorCode.OUT_OF_RANGE, "sharpest_of must be in 1..8")
        if len(self._orders) >= ORDERS:
            raise Failure(ErrorCode.BUSY, "{} captures are waiting already".format(ORDERS))
        order = self._append(self._note(Trigger.HOST, 0, request.sharpest_of, None))
        await order.done.wait()
        if order.photo is None:
            raise order.failure or Failure(ErrorCode.INTERNAL, "the capture ended without a photo")
        return CaptureReply(order.photo)

    @property
    def busy(self) -> bool:
        """Are there orders that have come to no end yet?"""
        return len(self._orders) > 0

    def _note(self, trigger: int, press_number: int, sharpest_of: int, foreseen: "Foreseen | None") -> Order:
        """Into the ledger, before it is exposed: a reset in the very next moment is reported."""
        order = Order(self._numbers.take(), trigger, press_number, sharpest_of, foreseen)
        self._losses.begin(order.capture_id, press_number)
        return order

    def _append(self, order: Order) -> Order:
        self._orders.append(order)
        self._wake.set()
        return order

    def refuse(self, press_number: int, code: int) -> None:
        """A press becomes no photo: counted, announced, shown."""
        self.refused += 1
        self._events.announce(EventType.REFUSED, self._clock.now_us(), press_number=press_number, code=code)
        self._indicator.show(REFUSED if code != ErrorCode.SENSOR_FAILED else FAULT)

    def _fail(self, order: Order, failure: Failure) -> None:
        """It becomes no photo: its room is free, who gave the order is told, and then it is no loss."""
        order.failure = failure
        try:
            self._board.store.free(order.capture_id)
        except Exception as error:
            self._log.failure("store", error)
        if order.trigger == Trigger.BUTTON:
            self.refuse(order.press_number, failure.code)
        self._losses.settle(order.capture_id)

    async def run(self) -> None:
        """Work through orders for ever."""
        while True:
            while self._orders:
                order = self._orders[0]
                try:
                    await self._take(order)
                except Failure as failure:
                    self._fail(order, failure)
                except Exception as error:
                    if order.photo is None:
                        self._fail(order, Failure(ErrorCode.INTERNAL, repr(error)[:80]))
                    raise
                finally:
                    self._orders.pop(0)
                    order.done.set()
            await self._wake.wait()
            self._wake.clear()

    async def _take(self, order: Order) -> None:
        if self._queue.full:
            raise Failure(ErrorCode.QUEUE_FULL, "{} photos wait to be fetched".format(len(self._queue)))
        capture_id = order.capture_id
        frame, zones = await self._expose_into_store(order)
        photo = self._describe(capture_id, order, frame, zones)
        self._board.store.commit(capture_id, photo.pack())
        self._queue.accept(photo)
        order.photo = photo  # accepted: whatever fails from here on, it is not refused
        self.accepted += 1
        self._indicator.show(TAKEN)
        self._events.announce(
            EventType.PHOTO, photo.exposure_end_us, order.press_number, capture_id, photo=photo
        )
        # Behind the commit: a power cut in between finds it held, and that settles it too. The other way
        # round it would be in neither. A store that forgets leaves it in the ledger until acknowledged.
        if self._board.store.survives_reset:
            self._losses.settle(capture_id)

    async def _expose_into_store(self, order: Order) -> "tuple[SensorFrame, list[ZoneLight]]":
        """Expose; of several frames the largest JPEG is kept: at one quality, sharpness costs bytes."""
        best: "tuple[SensorFrame, list[ZoneLight]] | None" = None
        for _ in range(order.sharpest_of):
            frame, zones = await self.exposures.take(order.foreseen)
            if best is None or frame.size > best[0].size:
                await self._store(order.capture_id, frame)
                best = frame, zones
        if best is None:
            raise Failure(ErrorCode.INTERNAL, "no frame was asked for")
        return best

    async def _store(self, capture_id: int, frame: SensorFrame) -> None:
        store = self._board.store
        store.free(capture_id)
        if not store.reserve(capture_id, frame.size):
            raise Failure(ErrorCode.QUEUE_FULL, "no room for {} bytes".format(frame.size))
        offset = 0
        while offset < frame.size:
            length = min(len(self._piece), frame.size - offset)
            view = self._piece[:length]
            if self._board.sensor.readinto(offset, view) != length:
                failure = Failure(ErrorCode.SENSOR_FAILED, "the sensor's frame ended early")
                self.exposures.failed(failure)
                raise failure
            store.write(capture_id, offset, view)
            offset += length
            if offset & 0x1FFFF == 0:
                await asyncio.sleep(0)  # a large photo must not keep heartbeats waiting

    def _describe(self, capture_id: int, order: Order, frame: SensorFrame, zones: "list[ZoneLight]") -> Photo:
        settings = self._settings.current
        tip_mc = self._lighting.tip_temperature_mc
        return Photo(
            capture_id=capture_id,
            press_number=order.press_number,
            trigger=order.trigger,
            boot_id=self._boot_id,
            size=frame.size,
            width=frame.width,
            height=frame.height,
            exposure_start_us=self._clock.at_us(frame.start_ticks),
            exposure_end_us=self._clock.at_us(frame.end_ticks),
            exposure_us=frame.exposure_us,
            gain_milli=frame.gain_milli,
            jpeg_quality=settings.jpeg_quality,
            settings_revision=self._settings.revision,
            tip_temperature_mc=NO_TEMPERATURE if tip_mc is None else tip_mc,
            frames_skipped=order.sharpest_of - 1,
            light=zones,
        )
