"""The state of a camera: temperatures, supply, memory, counters."""

from __future__ import annotations

from dataclasses import dataclass

from oralcam.lighting import LOCKS, celsius

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam_protocol.wire.codec import Health as WireHealth

__all__ = ["Health"]


@dataclass(frozen=True)
class Health:
    """One look at the state of a camera. Counters count since it started."""

    uptime_s: float
    tip_temperature_c: float | None
    supply_v: float
    heap_free_bytes: int
    heap_used_bytes: int
    heap_largest_bytes: int
    store_free_bytes: int
    photos_waiting: int
    presses: int
    photos_accepted: int
    presses_refused: int
    captures_lost: int
    sensor_errors: int
    events_overwritten: int
    light_on_s: float
    light_locked: str | None
    frames_received: int
    frames_damaged: int
    frames_stale: int
    bytes_outside_frames: int
    write_stalls: int
    task_restarts: int

    @property
    def ok(self) -> bool:
        """False if something needs attention: heat, a missing sensor, services that failed."""
        return self.light_locked is None and not self.sensor_errors and not self.task_restarts


def health_from_wire(wire: WireHealth) -> Health:
    """Return the state in the units of this package."""
    return Health(
        uptime_s=wire.uptime_us / 1e6,
        tip_temperature_c=celsius(wire.tip_temperature_mc),
        supply_v=wire.supply_mv / 1000,
        heap_free_bytes=wire.heap_free,
        heap_used_bytes=wire.heap_used,
        heap_largest_bytes=wire.heap_largest,
        store_free_bytes=wire.store_free,
        photos_waiting=wire.photos_waiting,
        presses=wire.presses,
        photos_accepted=wire.photos_accepted,
        presses_refused=wire.presses_refused,
        captures_lost=wire.captures_lost,
        sensor_errors=wire.sensor_errors,
        events_overwritten=wire.events_overwritten,
        light_on_s=wire.light_on_ms / 1000,
        light_locked=LOCKS.get(wire.light_lock, "unknown"),
        frames_received=wire.frames_received,
        frames_damaged=wire.frames_damaged,
        frames_stale=wire.frames_stale,
        bytes_outside_frames=wire.bytes_outside,
        write_stalls=wire.write_stalls,
        task_restarts=wire.task_restarts,
    )
