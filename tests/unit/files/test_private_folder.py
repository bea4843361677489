"""A private folder on the operating system's disk and on the simulated one of the fault runs: the same."""

from __future__ import annotations

import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oralcam.errors import RecordStoreError
from oralcam.files.disk import Disk
from oralcam.files.private_folder import PrivateFolder
from tools.faults.runs.simulation.disk import MemoryDisk

NAMES = st.sampled_from(["a.json", "b.json", "c.jpg"])
BYTES = st.binary(max_size=40)
ACTS = st.one_of(
    st.tuples(st.sampled_from(["write", "append"]), NAMES, BYTES),
    st.tuples(st.sampled_from(["read", "exists", "remove", "move"]), NAMES),
    st.tuples(st.sampled_from(["tail", "lines"]), NAMES, st.integers(1, 20)),
    st.tuples(st.just("rename"), NAMES, NAMES),
    st.tuples(st.just("names"), st.sampled_from([".json", ".jpg", ""])),
)


@given(st.lists(ACTS, max_size=20))
def test_both_disks_answer_alike(acts: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        real = [PrivateFolder(Path(folder) / name) for name in ("one", "other")]
        simulated = [PrivateFolder("/spool", MemoryDisk()) for _ in range(2)]
        for act in acts:
            assert done(simulated, act) == done(real, act), act


def done(folders: list[PrivateFolder], act: tuple[object, ...]) -> object:
    name, *arguments = act
    if name == "move":
        arguments.append(folders[1])
    if name == "rename" and arguments[0] == arguments[1]:
        return None
    answer = getattr(folders[0], str(name))(*arguments)
    return list(answer) if name == "lines" else answer


def test_what_is_written_is_its_owners_only(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path / "private")
    folder.write("a", b"1")
    folder.append("b", b"2")
    assert {stat.S_IMODE((folder.path / name).stat().st_mode) for name in "ab"} == {0o600}
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


class FullDisk(Disk):
    """A disk on which no byte is left."""

    def write(self, name: str, data: bytes, *, private: bool = False) -> None:
        raise OSError(28, "No space left on device")


def test_a_disk_that_fails_is_a_sentence_that_names_the_folder(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path, FullDisk(tmp_path))
    with pytest.raises(RecordStoreError, match=r"cannot be written \(No space left on device\)"):
        folder.write("a", b"1")
