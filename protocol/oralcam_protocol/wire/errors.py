"""The wire's own errors: nothing else is ever raised by this package."""


class WireError(Exception):
    """Base of the errors of this package."""


class EncodeError(WireError):
    """A value does not fit its field."""


class DecodeError(WireError):
    """Bytes that are not the message they claim to be."""
