"""What a call raises, on both interpreters."""

TYPE_CHECKING = False
if TYPE_CHECKING:  # for the type checker only
    from collections.abc import Callable


def raised(call: "Callable[[], object]") -> "Exception | None":
    """Return the exception, None if there is none."""
    try:
        call()
    except Exception as error:
        return error
    return None
