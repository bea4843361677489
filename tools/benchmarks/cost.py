"""The cost of work for this program and the emulated cameras: CPU seconds, and seconds on the clock."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """CPU seconds and seconds on the clock.

    `devices_s` is None where the system does not tell of other processes.
    """

    host_s: float
    devices_s: float | None
    elapsed_s: float


def cost_of(action: Callable[[], object], devices: Sequence[int]) -> Cost:
    """Return the CPU seconds of this process and of the `devices` (process ids) while `action` runs.

    All threads of this process count.
    """
    devices_s = _cpu_s(devices)
    elapsed_s, host_s = time.perf_counter(), time.process_time()
    action()
    host_s, elapsed_s = time.process_time() - host_s, time.perf_counter() - elapsed_s
    after_s = _cpu_s(devices)
    return Cost(host_s, None if devices_s is None or after_s is None else after_s - devices_s, elapsed_s)


def _cpu_s(processes: Sequence[int]) -> float | None:
    """Return user and system time so far; the kernel counts it in ticks, mostly of 10 ms."""
    try:
        return sum(ticks_in(Path(f"/proc/{each}/stat").read_text()) for each in processes) / os.sysconf(
            "SC_CLK_TCK"
        )
    except OSError:
        return None


def ticks_in(stat: str) -> int:
    """Return utime and stime of a line of /proc/PID/stat.

    They are fields 14 and 15, behind a name that may hold anything.
    """
    fields = stat.rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
