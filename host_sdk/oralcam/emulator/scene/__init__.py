"""What the emulated image sensor sees, and how it answers to light.

`MouthScene` renders a mouth, `PictureScene` takes a user's pictures for one, `Replay` sends a file's bytes.

Modules without `__all__` are internal.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from oralcam.emulator.scene.exposure import ZONES, Exposure, Frame, Scene
from oralcam.emulator.scene.replay import Replay
from oralcam.errors import InvalidScene, MissingExtra

if TYPE_CHECKING:
    from oralcam.emulator.scene.rendered import MouthScene as MouthScene
    from oralcam.emulator.scene.rendered import PictureScene as PictureScene

__all__ = ["ZONES", "Exposure", "Frame", "MouthScene", "PictureScene", "Replay", "Scene", "open_scene"]


def open_scene(*, scene: str | Path | None = None, replay: str | Path | None = None) -> Scene:
    """Return the scene that two options ask for; with neither, a rendered mouth. Raises `InvalidScene`."""
    if scene is not None and replay is not None:
        raise InvalidScene("Give either a scene or a replay: one is relit, the other sent as it is.")
    if replay is not None:
        return Replay(replay)
    try:
        from oralcam.emulator.scene.rendered import MouthScene, PictureScene
    except ImportError as error:
        raise MissingExtra('The rendered mouth needs: pip install "oralcam[emulator]".') from error
    return MouthScene() if scene is None else PictureScene(scene)


if not TYPE_CHECKING:  # to a type checker, every name would be there

    def __getattr__(name: str) -> object:
        if name in ("MouthScene", "PictureScene"):  # numpy and Pillow load when they are needed
            from oralcam.emulator.scene import rendered

            return getattr(rendered, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
