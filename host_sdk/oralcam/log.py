"""Messages for the program's log, under the name "oralcam". They never say anything about a patient.

`logging` loads when there is something to say: short commands mostly have nothing.
"""

from __future__ import annotations


def info(text: str, *values: object) -> None:
    """Log something that is good to know."""
    import logging

    logging.getLogger("oralcam").info(text, *values)


def warning(text: str, *values: object) -> None:
    """Log something that a person should look at."""
    import logging

    logging.getLogger("oralcam").warning(text, *values)


def exception(text: str, *values: object) -> None:
    """Log a fault of this package, with the traceback of the exception in hand."""
    import logging

    logging.getLogger("oralcam").exception(text, *values)
