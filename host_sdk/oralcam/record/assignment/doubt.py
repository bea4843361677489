"""Reasons why a photo is nobody's for sure."""

from __future__ import annotations

from enum import Enum


class Doubt(Enum):
    """The reason why nobody can say whose a photo is."""

    UNARMED = "unarmed"
    EXPIRED = "expired"
    CHANGE_OF_PATIENT = "change_of_patient"
    BEFORE_RECONNECT = "before_reconnect"
    TIME_UNKNOWN = "time_unknown"
    CLOCK_SET = "clock_set"

    @property
    def sentence(self) -> str:
        """The reason as a sentence for people."""
        return _SENTENCES[self.value]


_SENTENCES = {
    "unarmed": "Nobody was armed when the button was pressed.",
    "expired": "The patient's arming had expired when the button was pressed.",
    "change_of_patient": "Somebody was armed or disarmed so close to the press that either is possible.",
    "before_reconnect": "The photo was taken before the camera was connected, or connected again.",
    "time_unknown": "The camera was reset after the photo, so nobody knows when it was taken.",
    "clock_set": "This computer's clock was set, so the time of the photo is not sure.",
}
