"""A visit for asyncio: presses, captures and descriptions, beside other work in one event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from oralcam import aio
from oralcam.emulator import Emulator
from oralcam.errors import CameraClosed, InvalidSite, SinkRefused, VisitEnded
from oralcam.outbox.background import close_all
from oralcam.outbox.delivery import State
from oralcam.record import PatientContext, RecordStore
from oralcam.record.templates import FULL_MOUTH
from oralcam.record.timestamps import now
from oralcam.sinks.folder import FolderSink
from oralcam.visits import begin
from oralcam.visits.visit import Visit
from tests.unit.jpeg.pictures import chroma
from tests.unit.record.strategies import patient

DEADLINE_S = 60.0
SURE_S = 0.15  # longer than the clocks leave open who was armed


@pytest.fixture(autouse=True)
def no_outbox_left() -> Iterator[None]:
    yield
    close_all()


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    (tmp_path / "mouth.jpg").write_bytes(chroma("4:2:2", size=(640, 480)))
    with Emulator(replay=tmp_path / "mouth.jpg") as running:
        yield running


class Chair:
    """Where visits begin: an emulator, a home folder."""

    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self.emulator = emulator
        self.home = folder / "home"
        self._spool = folder / "spool"

    @asynccontextmanager
    async def camera(self) -> Any:
        async with await aio.Camera.open(self.emulator, spool=self._spool) as camera:
            yield camera

    async def visit(self, camera: aio.Camera, number: int = 1, **options: Any) -> aio.Visit:
        options = {"sinks": (), "home": self.home, **options}
        visit = await aio.visit(camera, armed(number), **options)
        await asyncio.sleep(SURE_S)  # a hand takes longer from the screen to the camera
        return visit

    async def press(self, times: int = 1) -> None:
        await asyncio.to_thread(self.emulator.bench.press, times)

    @property
    def store(self) -> RecordStore:
        return RecordStore(self.home / "records")


@pytest.fixture
def chair(emulator: Emulator, tmp_path: Path) -> Chair:
    return Chair(emulator, tmp_path)


def armed(number: int) -> PatientContext:
    return patient(number).armed_again(now())


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, DEADLINE_S))


async def until(condition: Any) -> None:
    while not await asyncio.to_thread(condition):
        await asyncio.sleep(0.01)


def test_every_verb_of_a_visit_is_awaitable(chair: Chair, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()

    async def use() -> None:
        sinks = (FolderSink("practice", tmp_path / "photos", tmp_path / "marks"),)
        async with chair.camera() as camera, await chair.visit(camera, sinks=sinks) as visit:
            assert visit.patient.is_same_patient(patient(1))
            shot = await visit.capture("ISO 26", "Cracked cusp")
            assert await shot.jpeg() == (tmp_path / "mouth.jpg").read_bytes()
            assert shot.complete
            assert (await shot.describe(site="ISO 27")).site == visit.site_of("ISO 27")
            retake = await visit.capture("ISO 27", "Cracked cusp", retake_of=shot)
            assert retake.record.supersedes == shot.record.record_id
            assert await visit.shots() == (shot, retake)
            assert await visit.quarantined() == ()
            first = await visit.follow(FULL_MOUTH)
            assert (await visit.capture()).record.site == first.site
            assert await visit.skip_view() is not None
            await visit.arm_again()
            await visit.end()
            assert await visit.wait_confirmed(DEADLINE_S)
            assert {each.state for each in await shot.deliveries()} == {State.CONFIRMED}
            with pytest.raises(VisitEnded):
                await visit.capture("ISO 26")

    run(use())


def test_presses_are_yielded_while_the_event_loop_goes_on(chair: Chair) -> None:
    async def use() -> None:
        async with chair.camera() as camera, await chair.visit(camera) as visit:
            pressing = asyncio.create_task(chair.press(3))
            numbers = []
            async for shot in visit.presses(timeout=DEADLINE_S):
                numbers.append(shot.record.press_number)
                if len(numbers) == 3:
                    break
            await pressing
            assert numbers == [1, 2, 3]
            again = [shot async for shot in visit.presses(timeout=0)]
            assert again[:1] == [(await visit.shots())[0]]

    run(use())


def test_a_cancelled_wait_for_a_press_loses_none(chair: Chair) -> None:
    async def use() -> None:
        async with chair.camera() as camera, await chair.visit(camera) as visit:
            waiting = asyncio.ensure_future(anext(visit.presses()))
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            await chair.press()
            assert (await anext(visit.presses(DEADLINE_S))).record.press_number == 1

    run(use())


def test_a_visit_whose_beginning_was_cancelled_is_ended(
    chair: Chair, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[Visit] = []
    go_on = threading.Event()
    really = begin.visit

    def slowly(*arguments: Any, **options: Any) -> Visit:
        began.append(really(*arguments, **options))
        assert go_on.wait(DEADLINE_S)
        return began[0]

    monkeypatch.setattr(begin, "visit", slowly)

    async def use() -> None:
        async with chair.camera() as camera:
            beginning = asyncio.ensure_future(chair.visit(camera))
            await until(lambda: began)
            beginning.cancel()
            with pytest.raises(asyncio.CancelledError):
                await beginning
            assert began[0]._router._timeline.armings[-1].ends is None
            go_on.set()
            await until(lambda: began[0]._router._timeline.armings[-1].ends is not None)
            await chair.press()  # nobody's
            await until(lambda: began[0].quarantined)
            assert began[0].shots == ()

    run(use())


def test_a_photo_goes_from_quarantine_or_a_wrong_chart_to_its_patient(chair: Chair) -> None:
    async def use() -> None:
        async with chair.camera() as camera:
            async with await chair.visit(camera) as first:
                wrong = await first.capture("ISO 11", "Check")
            async with await chair.visit(camera, 2) as second:
                await wrong.relink(second, who="Dr. A", why="wrong chart")
                assert await second.shots() == (wrong,)
                assert await first.shots() == ()
                await asyncio.to_thread(second.blocking._router.disarm, second.blocking)
                await asyncio.sleep(SURE_S)
                await chair.press()
                await until(lambda: second.blocking.quarantined)
                (waiting,) = await second.quarantined()
                filed = await second.file(waiting, who="Dr. A", why="I saw it taken", site="ISO 12")
                assert (await second.shots())[-1] == filed
                with pytest.raises(InvalidSite):
                    await second.capture("ISO 99")

    run(use())


class Refusing:
    """A sink that takes nothing."""

    name = "refusing"

    def send(self, record: object, jpeg: bytes) -> None:
        raise SinkRefused("Not from this station.")

    def confirm(self, record: object, jpeg: bytes) -> bool:
        raise AssertionError("nothing was sent")

    def close(self) -> None:
        pass


def test_a_refused_photo_ends_the_wait_for_its_confirmation(chair: Chair) -> None:
    async def use() -> None:
        async with chair.camera() as camera, await chair.visit(camera, sinks=(Refusing(),)) as visit:
            await visit.capture("ISO 26", "Cracked cusp")
            assert not await visit.wait_confirmed(10 * DEADLINE_S)

    run(use())


def test_presses_end_when_the_camera_is_closed(chair: Chair) -> None:
    async def use() -> None:
        camera = await aio.Camera.open(chair.emulator, spool=chair.home / "spool")
        visit = await chair.visit(camera)
        waiting = asyncio.ensure_future(anext(visit.presses(), None))
        await asyncio.sleep(0)
        await asyncio.to_thread(visit.blocking.end)
        await camera.close()
        try:
            assert await waiting is None
        except (CameraClosed, RuntimeError):
            pytest.fail("the iterator ends quietly")

    run(use())
