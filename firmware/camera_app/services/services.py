"""The services that others use, as one record."""

from camera_app.core.photo_queue import PhotoQueue
from camera_app.core.session import Session
from camera_app.hal import Board
from camera_app.services.clock import Clock
from camera_app.services.events import Events
from camera_app.services.indicator import IndicatorService
from camera_app.services.lighting import Lighting
from camera_app.services.links import Links
from camera_app.services.log import Log
from camera_app.services.losses import Losses
from camera_app.services.settings import SettingsService


class Services:
    """What captures, health and sessions are made of; the application makes each part once."""

    def __init__(
        self,
        *,
        board: Board,
        boot_id: int,
        log: Log,
        clock: Clock,
        queue: PhotoQueue,
        losses: Losses,
        session: Session,
        links: Links,
        events: Events,
        indicator: IndicatorService,
        lighting: Lighting,
        settings: SettingsService,
    ) -> None:
        self.board = board
        self.boot_id = boot_id
        self.log = log
        self.clock = clock
        self.queue = queue
        self.losses = losses
        self.session = session
        self.links = links
        self.events = events
        self.indicator = indicator
        self.lighting = lighting
        self.settings = settings
