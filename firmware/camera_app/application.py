"""Puts the services together and keeps them running."""

import asyncio

from camera_app import buffers
from camera_app.core.photo_queue import PhotoQueue
from camera_app.core.session import Session
from camera_app.hal import Board
from camera_app.services.button import ButtonService
from camera_app.services.capture import Capture
from camera_app.services.clock import Clock
from camera_app.services.events import Events
from camera_app.services.exposures import Exposures
from camera_app.services.health import HealthService
from camera_app.services.heap import Heap
from camera_app.services.indicator import FAULT, IndicatorService
from camera_app.services.light_hours import LightHours
from camera_app.services.lighting import Lighting
from camera_app.services.link import FrameLink
from camera_app.services.links import Links
from camera_app.services.log import Log
from camera_app.services.losses import Losses
from camera_app.services.photos import Photos
from camera_app.services.restart import Restart
from camera_app.services.services import Services
from camera_app.services.session import SessionService
from camera_app.services.settings import SettingsService
from oralcam_protocol.wire.codec import Photo
from oralcam_protocol.wire.enums import Opcode

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only: MicroPython has no such module
    from collections.abc import Awaitable, Callable

PHOTOS_WAITING = 32  # the store may be full before that
RESTART_PAUSE_S = 0.2


class Application:
    """The camera."""

    def __init__(self, board: Board) -> None:
        self.board = board
        boot_id = board.random_u32()
        self.log = Log(board.console)
        self.clock = Clock(board.ticks)
        self.restart = Restart(board, self.clock, self.log)
        self.queue = PhotoQueue(PHOTOS_WAITING)
        held = board.store.held()
        for capture_id, description in held:
            self.queue.accept(Photo.unpack(description))
            self.log.say("photo {} was still waiting".format(capture_id))
        self.losses = Losses(board.records, [capture_id for capture_id, _ in held])
        self.session = Session(boot_id, buffers.replies)
        self.links = Links(board.links)
        self.events = Events(self.clock, self.session, self.links)
        self.indicator = IndicatorService(board.indicator)
        self.lighting = Lighting(board, self.clock, self.events, self.links, self.indicator, self.log)
        self.settings = SettingsService()
        self.exposures = Exposures(board, self.lighting, self.settings, self.log)
        services = Services(
            board=board,
            boot_id=boot_id,
            log=self.log,
            clock=self.clock,
            queue=self.queue,
            losses=self.losses,
            session=self.session,
            links=self.links,
            events=self.events,
            indicator=self.indicator,
            lighting=self.lighting,
            settings=self.settings,
        )
        self.capture = Capture(services, self.exposures)
        self.button = ButtonService(board.button, board.records, self.clock, self.events, self.capture)
        self.heap = Heap()
        self.photos = Photos(
            board.store, self.queue, self.session, self.links, self.indicator, self.losses, self.heap
        )
        hours = LightHours(board.records, lambda: self.lighting.safety.lit_ms, self.log)
        self.health = HealthService(services, self.capture, self.button, self.heap, hours)
        self.requests = SessionService(services, self.photos)
        self.requests.quick = {
            Opcode.HEALTH: self.health.get,
            Opcode.EVENTS: self.events.again,
            Opcode.PHOTOS: self.photos.list,
            Opcode.CANCEL: self.photos.cancel,
            Opcode.ACKNOWLEDGE: self.photos.acknowledge,
            Opcode.LIGHT_GET: self.lighting.get,
            Opcode.LIGHT_SET: self.lighting.set,
            Opcode.SETTINGS_GET: self.settings.get,
            Opcode.SETTINGS_APPLY: self.settings.apply,
            Opcode.LOSSES: self.losses.list,
            Opcode.LOSS_KNOWN: self.losses.known,
        }
        self.requests.opened = lambda: self.restart.announce(self.events, self.indicator)
        self.requests.slow = {Opcode.CAPTURE: self.capture.order_by_host}

    async def run(self) -> None:
        """Run every service forever; one that fails is logged, counted and started again.

        One that keeps failing ends in a reset of the board.
        """
        services = (
            ("photos", self.photos),
            ("events", self.events),
            ("capture", self.capture),
            ("button", self.button),
            ("lighting", self.lighting),
            ("health", self.health),
        )
        tasks = [asyncio.create_task(self._keep(name, service.run)) for name, service in services]
        tasks += [
            asyncio.create_task(self._keep("session", self._listening(link))) for link in self.links.all
        ]
        tasks.append(asyncio.create_task(self._keep("board", self.board.run, may_end=True)))
        self.losses.announce(self.events, self.clock, self.indicator)
        self.board.started()
        await asyncio.gather(*tasks)

    def _listening(self, link: FrameLink) -> "Callable[[], Awaitable[None]]":
        return lambda: self.requests.listen(link)

    async def _keep(self, name: str, run: "Callable[[], Awaitable[None]]", may_end: bool = False) -> None:
        while True:
            started_ms = self._now_ms()
            try:
                await run()
                if may_end:
                    return
            except Exception as error:
                self.health.task_restarts += 1
                self.log.failure("service {}".format(name), error)
                self.indicator.show(FAULT)
                self.restart.failed(name, self._now_ms() - started_ms)
            await asyncio.sleep(RESTART_PAUSE_S)

    def _now_ms(self) -> int:
        try:
            return self.clock.now_ms()
        except OSError:
            return 0  # a service that fails because there is no clock has not run for long
