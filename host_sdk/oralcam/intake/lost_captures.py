"""Photos that the camera took and could not keep: reported once, kept in the spool, then forgotten there."""

from __future__ import annotations

from oralcam import log
from oralcam.link.faults import decode_reply
from oralcam.spool.spool import file_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.events.event import CaptureLost
    from oralcam.link.connection import Connection
    from oralcam.spool import Spool

PAGES = 64  # far more than a camera remembers


class LostCaptures:
    """The losses that were reported while this camera was open."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self.reported: list[CaptureLost] = []

    def take_over(self, connection: Connection) -> None:
        """Ask for the losses that no host knows of, note each durably, tell the camera that it may forget.

        Raises what `Connection.request` does, and `SpoolError`: the camera reports them again then.
        """
        from oralcam.events.event import CaptureLost  # here: nearly always there is none
        from oralcam_protocol.wire.codec import LossesReply, LossesRequest, LossKnownRequest
        from oralcam_protocol.wire.enums import Opcode

        after = 0
        while True:
            reply = decode_reply(
                LossesReply.unpack, connection.request(Opcode.LOSSES, LossesRequest(after).pack())
            )
            page = [loss for loss in reply.losses if loss.capture_id > after]
            if not page:
                return
            for loss in page:
                lost = CaptureLost(
                    file_name(connection.hello.serial_number, loss.capture_id), loss.press_number or None
                )
                if self._is_news(lost):
                    self.reported.append(lost)
                    log.warning("photo %s was lost by a reset of the camera", lost.capture_id)
                connection.request(Opcode.LOSS_KNOWN, LossKnownRequest(loss.capture_id).pack())
                self._spool.acknowledged(lost.capture_id)  # it will not be asked about again
            after = max(loss.capture_id for loss in page)

    def _is_news(self, lost: CaptureLost) -> bool:
        """Not if its photo is here (the camera was not told in time), nor if it was reported before."""
        if self._spool.digests_of(lost.capture_id):
            return False
        return self._spool.note_loss(lost.capture_id, lost.press_number or 0)
