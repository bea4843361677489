"""Killed at any place, a program leaves everything there once; two programs take turns."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from oralcam.errors import (
    RecordStoreError,
)
from oralcam.files.private_folder import FolderLock, PrivateFolder
from oralcam.record import (
    Quarantine,
    RecordStore,
)
from oralcam.record.corrections import relinked
from tests.unit.record.store.doubtful import STRADDLES
from tests.unit.record.strategies import JPEG, patient, photo, record


def mortal(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    """The process dies in place of its `limit`-th operation that the disk would keep."""
    left = [limit]

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def acting(*args: object, **named: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **named)

        return acting

    for name in ("fsync", "replace", "unlink", "truncate"):
        monkeypatch.setattr(os, name, dying(getattr(os, name)))


def killed(store: RecordStore, limit: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Was the child that did `steps` killed, rather than come to its end?"""
    child = os.fork()
    if child == 0:
        try:
            mortal(monkeypatch, limit)
            steps(store)
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL)
    return status != 0


def steps(store: RecordStore) -> None:
    """What a visit does, as far as it was not done by a program before that was killed."""
    quarantine = Quarantine(store)
    if store.known(record().taken) is None:
        store.keep(record(), JPEG)
    kept = store.read(record().record_id)
    if not kept.history:
        store.change(kept, relinked(kept, patient(3), who="Dr A", why="wrong chart"))
    known = store.known(photo(2))
    if known is None:
        known = quarantine.keep(photo(2), STRADDLES, JPEG).record_id
    if known in quarantine.ids():
        quarantine.file(known, patient(1), who="Dr A", why="I saw it")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_place_everything_is_there_once_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`kill -9` in place of each operation of the disk in turn, until a run comes to its end."""
    monkeypatch.setattr(os, "fsync", lambda _: None)  # what a process wrote outlives it; power stays on here
    limit, died = -1, True
    while died:
        limit += 1
        died = killed(RecordStore(tmp_path / str(limit)), limit, monkeypatch)
        store = RecordStore(tmp_path / str(limit))
        steps(store)
        assert Quarantine(store).ids() == []
        kept = {one.capture_id: one for one in map(store.read, store.ids())}
        assert len(store.ids()) == len(kept) == 2
        assert kept["EMU-000001"].patient == patient(3)
        assert kept["EMU-000002"].patient == patient(1)
        for one in kept.values():
            assert hashlib.sha256(store.jpeg(one.record_id)).hexdigest() == one.jpeg_sha256
        assert len(list(store._photos.path.glob("*.jpg"))) == 2
        assert store.audit.verify().number >= 4
    assert limit > 40


def test_two_threads_take_turns(store: RecordStore) -> None:
    made = [record(number) for number in range(1, 9)]
    threads = [threading.Thread(target=store.keep, args=(one, JPEG)) for one in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert store.ids() == sorted(one.record_id for one in made)
    assert store.audit.verify().number == 8


def test_a_store_that_somebody_holds_is_waited_for_and_then_said(store: RecordStore) -> None:
    held, mine = (FolderLock(PrivateFolder(store.folder), patience_s=0.05) for _ in range(2))
    with held, held, pytest.raises(RecordStoreError, match="Another program"), mine:
        pass  # held twice, as one act calls another
    with mine:
        pass
