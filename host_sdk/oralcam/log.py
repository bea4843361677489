"""What the package tells the program's log, under the name "oralcam". Never anything about a patient.

`logging` loads when there is something to say: short commands mostly have nothing.
"""

from __future__ import annotations


def info(text: str, *values: object) -> None:
    """Good to know."""
    import logging

    logging.getLogger("oralcam").info(text, *values)


def warning(text: str, *values: object) -> None:
    """Somebody should look at it."""
    import logging

    logging.getLogger("oralcam").warning(text, *values)


def exception(text: str, *values: object) -> None:
    """A fault of this package, with the traceback of the exception in hand."""
    import logging

    logging.getLogger("oralcam").exception(text, *values)
