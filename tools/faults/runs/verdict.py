"""What one run has come to, and whether that is as it must be. Simulated and real runs are judged alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Outcome:
    """Facts of a run. Captures are named by the camera's number, photos by their SHA-256 (hexadecimal)."""

    seed: str
    keeps_photos: bool  # does the camera's store survive a reset?
    accepted: dict[int, str] = field(default_factory=dict)  # all that ever were in the camera's store
    spooled: list[tuple[int, str]] = field(default_factory=list)  # whole photos in the spool at the end
    saved: list[tuple[int, str]] = field(default_factory=list)  # photos that the program took out, in order
    half_saved: set[int] = field(default_factory=set)  # killed between copying and leaving: may be in both
    lost: list[int] = field(default_factory=list)  # captures reported as lost, as often as they were
    presses: int = 0
    unseen_presses: int = 0  # of these, the ones that a camera without power cannot have seen
    refused: int = 0  # presses that the camera refused visibly
    pressed_photos: int = 0  # photos that say they came from a press
    lost_presses: int = 0
    resets: int = 0
    power_cuts: int = 0  # of these, the ones in the middle of a write
    kills: int = 0
    reconnects: int = 0
    calls: int = 0
    failed_calls: Counter[str] = field(default_factory=Counter)
    injected: Counter[str] = field(default_factory=Counter)
    trouble: list[str] = field(
        default_factory=list
    )  # calls that did not end, things left over, our own faults


@dataclass(frozen=True)
class Verdict:
    """`complaints` is empty if everything was as it must be."""

    outcome: Outcome
    duplicates: int
    silent_losses: int
    complaints: tuple[str, ...]


def judge(outcome: Outcome) -> Verdict:
    """Every accepted photo is there once, with the sensor's bytes, or reported as lost where that may be."""
    complaints = list(outcome.trouble)
    there = Counter(outcome.spooled)
    taken = Counter(outcome.saved)
    duplicates = sum(count - 1 for count in there.values()) + sum(count - 1 for count in taken.values())
    again = [photo for photo in there if photo in taken and photo[0] not in outcome.half_saved]
    duplicates += len(again)
    if duplicates:
        complaints.append(f"{duplicates} photos twice: {[p for p, n in (there + taken).items() if n > 1]}")
    for number, sha256 in sorted({*there, *taken}):
        if outcome.accepted.get(number) != sha256:
            complaints.append(f"photo {number} is not what the sensor saw")
    lost = set(outcome.lost)
    if len(lost) != len(outcome.lost):
        complaints.append(f"losses reported twice: {sorted(outcome.lost)}")
    kept = {number for number, _ in [*there, *taken]}
    silent = sorted(set(outcome.accepted) - kept - lost)
    if silent:
        complaints.append(f"accepted photos {silent} are neither here nor reported as lost")
    if lost & kept:
        complaints.append(f"photos {sorted(lost & kept)} are here and reported as lost")
    if outcome.keeps_photos and lost & set(outcome.accepted):
        complaints.append(f"a store that keeps photos lost {sorted(lost & set(outcome.accepted))}")
    complaints += _presses(outcome)
    return Verdict(outcome, duplicates, len(silent), tuple(complaints))


def _presses(outcome: Outcome) -> list[str]:
    answered = outcome.pressed_photos + outcome.lost_presses + outcome.refused
    # a power cut behind a refusal, before it is struck out of the ledger: the press is reported as lost too
    if outcome.presses - outcome.unseen_presses <= answered <= outcome.presses + outcome.power_cuts:
        return []
    return [
        f"{outcome.presses} presses ({outcome.unseen_presses} of them maybe unseen) became "
        f"{outcome.pressed_photos} photos, {outcome.lost_presses} reported losses, {outcome.refused} refusals"
    ]
