"""`camera.lighting` and `camera.settings`, awaitable."""

from __future__ import annotations

from functools import partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.aio.waiting import Threads
    from oralcam.camera import Camera
    from oralcam.lighting import LightState
    from oralcam.settings import SettingValues


class Lighting:
    """`camera.lighting`, awaitable; see `oralcam.lighting.Lighting`."""

    def __init__(self, camera: Camera, threads: Threads) -> None:
        """Internal: use `camera.lighting`."""  # noqa: D401
        self._lighting = camera.lighting
        self._threads = threads

    async def preset(self, name: str, *, steady: bool = True) -> LightState:
        """Set one of `oralcam.lighting.PRESETS`. Raises `InvalidSetting` for another name."""
        return await self._threads.run(partial(self._lighting.preset, name, steady=steady))

    async def set(
        self,
        *,
        anterior: float = 0.0,
        posterior_left: float = 0.0,
        posterior_right: float = 0.0,
        steady: bool = True,
    ) -> LightState:
        """Set levels 0..1 for each zone. Raises `InvalidSetting` for a level outside."""
        call = partial(
            self._lighting.set,
            anterior=anterior,
            posterior_left=posterior_left,
            posterior_right=posterior_right,
            steady=steady,
        )
        return await self._threads.run(call)

    async def off(self) -> LightState:
        """Make it dark, for captures too."""
        return await self._threads.run(self._lighting.off)

    async def state(self) -> LightState:
        """Return what is on now."""
        return await self._threads.run(self._lighting.state)


class Settings:
    """`camera.settings`, awaitable; see `oralcam.settings.Settings`."""

    def __init__(self, camera: Camera, threads: Threads) -> None:
        """Internal: use `camera.settings`."""  # noqa: D401
        self._settings = camera.settings
        self._threads = threads

    async def get(self) -> SettingValues:
        """Return what is in effect on the camera."""
        return await self._threads.run(self._settings.get)

    # generated: settings apply (python -m tools.generate, from protocol/oralcam_protocol/schema)
    async def apply(
        self,
        *,
        exposure_us: int | None = None,
        gain: float | None = None,
        jpeg_quality: int | None = None,
        button_locked: bool | None = None,
    ) -> SettingValues:
        """Change what is given, all of it or nothing; see `oralcam.settings.Settings.apply`."""
        call = partial(
            self._settings.apply,
            exposure_us=exposure_us,
            gain=gain,
            jpeg_quality=jpeg_quality,
            button_locked=button_locked,
        )
        return await self._threads.run(call)

    # end of generated: settings apply
