"""The calls of the present SDK that do what a recorded host did.

FETCH and ACKNOWLEDGE are the SDK's own doing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from oralcam.camera import Camera
from oralcam.errors import DeviceFault, OralcamError
from oralcam.photo import Photo
from oralcam.settings import RANGES, settings_from_wire
from oralcam.trace.messages import name_of
from oralcam_protocol.wire.codec import (
    CaptureReply,
    CaptureRequest,
    FetchRequest,
    LightRequest,
    SettingsRequest,
)
from oralcam_protocol.wire.enums import Kind, Opcode, Trigger
from tools.trace.session import Cue, RecordedSession

PATIENCE_S = 10.0


@dataclass(frozen=True)
class Call:
    """One call. `error` is the camera's answer if it refused; `sha256` is of the photo that came out."""

    name: str
    call: Callable[[Camera], object]
    error: str | None = None
    sha256: str | None = None

    def do(self, camera: Camera) -> str | None:
        """Do it; return a sentence if it ended otherwise than then."""
        try:
            result = self.call(camera)
        except DeviceFault as fault:
            if self.error is not None and self.error in str(fault):
                return None
            return f"{self.name} was refused ({fault}), then: {self.error or 'not'}"
        except OralcamError as error:
            return f"{self.name} failed: {error}"
        if self.error is not None:
            return f"{self.name} succeeded, then it was refused: {self.error}"
        if self.sha256 is None:
            return None
        if not isinstance(result, Photo):
            return f"{self.name} brought no photo, then {self.sha256[:12]}…"
        found = hashlib.sha256(result.jpeg).hexdigest()
        return (
            None if found == self.sha256 else f"{self.name} brought {found[:12]}…, then {self.sha256[:12]}…"
        )


def calls_of(session: RecordedSession) -> list[Call]:
    """Return the calls that make the SDK ask what was asked then, in the same order."""
    digests, photos = session.digests(), session.described()
    brought: set[int] = set()
    calls: list[Call] = []
    stray = False
    for cue in session.cues[1:]:
        if cue.opcode == Opcode.CAPTURE:
            number = _captured(cue)
            brought.add(number)
            calls.append(_capture(cue, digests.get(number)))
            stray = False
        elif cue.opcode == Opcode.FETCH:
            number = FetchRequest.unpack(cue.request.payload).capture_id
            if number not in brought and number in photos and photos[number].trigger == Trigger.BUTTON:
                calls.append(Call(f"the press of photo {number}", _next_press, sha256=digests.get(number)))
                stray = False
            elif number not in brought:  # of a program that was interrupted: the SDK rescues it in passing
                stray = True
            brought.add(number)
        elif cue.opcode in PLAIN:
            calls.append(_plain(cue))
    if stray:
        calls.append(Call("waiting for nothing", lambda camera: camera.next_press(0)))
    return calls


def _captured(cue: Cue) -> int:
    """Return the number of the photo; 0 if there was none."""
    answer = cue.answer
    if answer is None or answer.kind != Kind.RSP:
        return 0
    return CaptureReply.unpack(answer.payload).photo.capture_id


def _capture(cue: Cue, sha256: str | None) -> Call:
    count = CaptureRequest.unpack(cue.request.payload).sharpest_of
    return Call("capture", lambda camera: camera.capture(sharpest_of=count), _refusal(cue), sha256)


def _next_press(camera: Camera) -> object:
    return camera.next_press(PATIENCE_S)


def _plain(cue: Cue) -> Call:
    return Call(name_of(Opcode, cue.opcode), PLAIN[cue.opcode](cue.request.payload), _refusal(cue))


def _refusal(cue: Cue) -> str | None:
    return cue.error.detail if cue.error is not None else None


def _light(payload: bytes) -> Callable[[Camera], object]:
    request = LightRequest.unpack(payload)
    zones = ("anterior", "posterior_left", "posterior_right")
    levels = {zone: level / 1000 for zone, level in zip(zones, request.levels_permille, strict=True)}
    return lambda camera: camera.lighting.set(**levels, steady=bool(request.steady))


def _settings(payload: bytes) -> Callable[[Camera], object]:
    request = SettingsRequest.unpack(payload)
    values = settings_from_wire(0, request.settings)
    chosen = {name: getattr(values, name) for bit, name in enumerate(RANGES) if request.fields >> bit & 1}
    return lambda camera: camera.settings.apply(**chosen)


# requests that one call of the SDK makes: from the payload to that call
PLAIN: dict[int, Callable[[bytes], Callable[[Camera], object]]] = {
    Opcode.HEALTH: lambda _: lambda camera: camera.health(),
    Opcode.LIGHT_GET: lambda _: lambda camera: camera.lighting.state(),
    Opcode.LIGHT_SET: _light,
    Opcode.SETTINGS_GET: lambda _: lambda camera: camera.settings.get(),
    Opcode.SETTINGS_APPLY: _settings,
}
