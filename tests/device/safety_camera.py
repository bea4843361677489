"""A board for the safety check, whose calls raise when they are told to."""

from camera_app import hal
from camera_app.safety.safety import Safety

DARK = [0, 0, 0]


class Board:
    """Hardware, and what is wrong with it."""

    def __init__(self):
        self.now_us = 1000000
        self.tip_mc = 34000
        self.chip_mc = None
        self.broken = {}
        self.calls = []
        self.currents = DARK
        self.line = True  # of a bootloader that does not know better
        self.docked = False
        self.told = 0
        self.rated_ua = 20000

    def meet(self, call):
        self.calls.append(call)
        if call in self.broken:
            raise self.broken[call]

    @property
    def light(self):
        return sum(self.currents) if self.line else 0


class Ring(hal.Ring):
    def __init__(self, board):
        self.board = board
        self.rated_ua = board.rated_ua

    def enable(self, on):
        self.board.meet("enable")
        self.board.line = on

    def apply(self, currents_ua):
        self.board.meet("apply")
        self.board.currents = list(currents_ua)

    def faults(self):
        self.board.meet("faults")
        return self.board.told


class Sensors(hal.Sensors):
    def __init__(self, board):
        self.board = board

    def tip_temperature_mc(self):
        self.board.meet("tip")
        return self.board.tip_mc

    def die_temperature_mc(self):
        self.board.meet("die")
        return self.board.chip_mc

    def docked(self):
        self.board.meet("docked")
        return self.board.docked


class Watchdog(hal.Watchdog):
    def __init__(self, board):
        self.board = board
        self.timeout_ms = 0
        self.fed = 0

    def start(self, timeout_ms):
        self.board.meet("start")
        self.timeout_ms = timeout_ms

    def feed(self):
        self.board.meet("feed")
        self.fed += 1


class Ticks(hal.Ticks):
    def __init__(self, board):
        self.board = board

    def ticks_us(self):
        self.board.meet("ticks")
        return self.board.now_us % self.WRAP_US


class Camera:
    """A board that runs the check ten times a second."""

    def __init__(self, **more):
        self.board = Board()
        for name, value in more.items():
            setattr(self.board, name, value)
        self.watchdog = Watchdog(self.board)
        self.safety = Safety(Ring(self.board), Sensors(self.board), self.watchdog, Ticks(self.board))
        self.told = []
        self.safety.start()
        self.run(100)

    def run(self, ms, heard=False):
        for _ in range(ms // 100):
            self.board.now_us += 100000
            if heard:
                self.safety.heard()
            self.safety.check()
            del self.board.calls[20:]  # a camera runs for long, the heap is small
        self.safety.news.tell(self.told.append)

    def lit(self):
        self.safety.ask([600, 600, 600], True)
        assert self.board.light == 36000
        self.told.clear()
        return self
