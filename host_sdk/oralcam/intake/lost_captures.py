"""Photos that the camera took and could not keep: reported once, kept in the spool, then forgotten there."""

from __future__ import annotations

from oralcam import log
from oralcam.link.faults import decode_reply

TYPE_CHECKING = False
if TYPE_CHECKING:
    from oralcam.events.event import CaptureLost
    from oralcam.link.connection import Connection
    from oralcam.spool import Spool


class LostCaptures:
    """The losses that were reported while this camera was open."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self.reported: list[CaptureLost] = []

    def take_over(self, connection: Connection) -> None:
        """Ask for the losses that no host knows of, and note each durably.

        Then tell the camera that it may forget them. Raises what `Connection.request` does, and `SpoolError`:
        the camera reports them again then.
        """
        from oralcam.events.event import CaptureLost  # here: nearly always there is none
        from oralcam.files.capture_id import capture_id
        from oralcam_protocol.wire.codec import LossesReply, LossesRequest, LossKnownRequest
        from oralcam_protocol.wire.enums import Opcode

        serial_number = connection.hello.serial_number
        after = 0
        while True:
            reply = decode_reply(
                LossesReply.unpack, connection.request(Opcode.LOSSES, LossesRequest(after).pack())
            )
            page = [loss for loss in reply.losses if loss.capture_id > after]
            if not page:
                return
            for loss in page:
                lost = CaptureLost(capture_id(serial_number, loss.capture_id), loss.press_number or None)
                if self._is_news(lost, serial_number):
                    self.reported.append(lost)
                    log.warning("photo %s was lost by a reset of the camera", lost.capture_id)
                connection.request(Opcode.LOSS_KNOWN, LossKnownRequest(loss.capture_id).pack())
                self._spool.acknowledged(lost.capture_id)  # it will not be asked about again
            after = max(loss.capture_id for loss in page)

    def _is_news(self, lost: CaptureLost, serial_number: str) -> bool:
        """Tell whether a loss is news.

        It is not if its photo is here (the camera was not told in time), or if it was reported before.
        """
        from oralcam.files.capture_id import former_id
        from oralcam.spool.former import has_loss, has_photo

        if self._spool.digests_of(lost.capture_id):
            return False
        former = former_id(lost.capture_id, serial_number)
        if former and (
            has_photo(self._spool, former, serial_number)
            or has_loss(self._spool, former, lost.press_number or 0)
        ):
            return False
        return self._spool.note_loss(lost.capture_id, lost.press_number or 0, serial_number)
