"""What is wrong with a picture that was to be measured."""

from __future__ import annotations

from hil_tests.errors import BenchError


class UnusablePicture(BenchError):
    """The target is not to be seen as the description says; the sentence says what to do."""
