"""What a service raises when a request cannot be carried out; the host gets it as an ERR frame."""


class Failure(Exception):
    """An ErrorCode and a short sentence."""

    def __init__(self, code: int, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
