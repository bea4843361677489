"""`sinks.toml`: what is set up is there, what is wrong is one sentence, and no password stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from oralcam.errors import InvalidSinks, MissingCredentials
from oralcam.sinks.dicom_store import DicomStoreSink
from oralcam.sinks.dicom_web import DicomWebSink
from oralcam.sinks.folder import FolderSink
from oralcam.sinks.sink import Sink
from oralcam.sinks.sinks_toml import set_up_sinks

GOOD = """
[practice]
kind = "folder"
path = "photos"
hot = true
privacy = "minimal"

[archive]
kind = "dicom"
host = "127.0.0.1"
port = 4242
title = "PACS"

[web]
kind = "dicomweb"
url = "http://127.0.0.1:8042/dicom-web"
user = "camera"
"""


def set_up(folder: Path, text: str) -> list[Sink]:
    (folder / "sinks.toml").write_text(text, "utf-8")
    return set_up_sinks(folder / "outbox", folder / "sinks.toml")


def test_each_table_is_a_sink_of_its_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORALCAM_WEB_PASSWORD", "secret")
    sinks = set_up(tmp_path, GOOD)
    assert [sink.name for sink in sinks] == ["practice", "archive", "web"]
    assert [type(sink) for sink in sinks] == [FolderSink, DicomStoreSink, DicomWebSink]


def test_nothing_is_set_up_in_a_new_home(tmp_path: Path) -> None:
    assert set_up_sinks(tmp_path, tmp_path / "sinks.toml") == []


def test_a_password_that_nobody_stored_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORALCAM_WEB_PASSWORD", raising=False)
    with pytest.raises(MissingCredentials, match="ORALCAM_WEB_PASSWORD"):
        set_up(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[a\n", "is not TOML"),
        ("[a]\n", r"\[a\] lacks the key kind"),
        ('[a]\nkind = "ftp"\n', 'kind = "ftp" is not known'),
        ('[a]\nkind = "folder"\npaht = "x"\n', "no key paht; did you mean path"),
        ('[a]\nkind = "folder"\npath = "x"\nport = 3\n', "no key port"),
        ('[a]\nkind = "folder"\npath = "x"\nprivacy = "some"\n', "privacy"),
        ('[a]\nkind = "dicom"\nhost = "h"\nport = 70000\ntitle = "T"\n', "port = 70000 is outside"),
        ('[a]\nkind = "dicom"\nhost = "h"\nport = 1\ntitle = "much too long a title"\n', "AE title"),
        ('[a]\nkind = "dicom"\nhost = "h"\nport = 1\ntitle = "T"\nprivacy = "none"\n', "files by patient"),
        ('[a]\nkind = "dicomweb"\nurl = "http://u:p@h/"\n', "no password in an address"),
        ('[a]\nkind = "dicomweb"\nurl = "http://h/"\npassword = "x"\n', "no key password"),
    ],
)
def test_whatever_is_wrong_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InvalidSinks, match=sentence) as told:
        set_up(tmp_path, text)
    assert "sinks.toml" in str(told.value)
    assert "\n" not in str(told.value).strip()
