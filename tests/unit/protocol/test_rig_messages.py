"""The rig's messages, generated from a schema, are on the wire what they were when written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rig_app import messages
from tools.generate.schemas import rig_schema

RECORDED = json.loads((Path(__file__).parent / "recorded_rig_bytes.json").read_text("utf-8"))
STRUCTS = {message.name: message.struct for message in rig_schema().messages}


@pytest.mark.parametrize(
    "recorded", RECORDED["messages"], ids=lambda each: f"{each['message']} {each['hex']}"
)
def test_every_message_has_the_bytes_that_it_had(recorded: dict[str, Any]) -> None:
    kind, wire = getattr(messages, recorded["message"]), bytes.fromhex(recorded["hex"])
    assert list(kind.FIELDS) == recorded["fields"]
    assert kind(*recorded["values"]).pack() == wire
    read = kind.unpack(wire)
    assert [getattr(read, name) for name in kind.FIELDS] == recorded["values"]
    named = dict(zip(recorded["fields"], recorded["values"], strict=True))
    assert STRUCTS[recorded["message"]].build(named) == wire


def test_every_message_and_opcode_was_recorded() -> None:
    assert {each["message"] for each in RECORDED["messages"]} == set(STRUCTS)
    opcodes = {k: v for k, v in vars(messages.RigOpcode).items() if not k.startswith("_")}
    assert opcodes == RECORDED["opcodes"]
