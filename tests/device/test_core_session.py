from camera_app.core.session import KEPT_REPLIES, Session
from oralcam_protocol.wire.enums import Kind
from oralcam_protocol.wire.frame import Decoder, encode_frame


def frame(kind, session, id=0, arg=0, payload=b""):
    return Decoder().feed(encode_frame(kind, session, id, arg, payload))[0]


def opened():
    session = Session(previous_number=7)
    return session, session.open(4096, now_ms=0)


def test_every_session_has_a_number_of_its_own_and_never_zero():
    session = Session(previous_number=0xFFFE)
    numbers = [session.open(4096, 0) for _ in range(4)]
    assert numbers == [0xFFFF, 1, 2, 3]


def test_frames_of_another_session_are_counted_and_dropped():
    session, number = opened()
    assert session.admit(frame(Kind.REQ, number), 1)
    assert not session.admit(frame(Kind.REQ, number + 1), 1)
    assert not Session().admit(frame(Kind.REQ, 0), 1)
    assert session.stale == 1


def test_a_request_is_carried_out_once_and_its_repetition_gets_the_same_reply():
    session, number = opened()
    request, again = session.begin(frame(Kind.REQ, number, 1, 5, b"x"))
    assert (request.id, request.opcode, request.payload, again) == (1, 5, b"x", None)
    reply = session.answer(request, Kind.RSP, b"done")
    request, again = session.begin(frame(Kind.REQ, number, 1, 5, b"x"))
    assert request is None
    assert again == reply


def test_a_repetition_while_it_is_carried_out_is_answered_pending():
    session, number = opened()
    session.begin(frame(Kind.REQ, number, 1, 5))
    request, again = session.begin(frame(Kind.REQ, number, 1, 5))
    assert request is None
    assert Decoder().feed(again)[0].kind == Kind.PENDING


def test_replies_are_kept_for_as_long_as_the_host_may_repeat():
    session, number = opened()
    first, _ = session.begin(frame(Kind.REQ, number, 1, 5))
    session.answer(first, Kind.RSP, b"first")
    for id in range(2, KEPT_REPLIES + 1):
        request, _ = session.begin(frame(Kind.REQ, number, id, 5))
        session.answer(request, Kind.RSP, b"")
    assert session.begin(frame(Kind.REQ, number, 1, 5))[1] is not None
    session.begin(frame(Kind.REQ, number, KEPT_REPLIES + 1, 5))
    assert session.begin(frame(Kind.REQ, number, 1, 5)) == (None, None)  # too old: never carried out again
    assert session.stale == 1


def test_a_request_that_overtook_another_does_not_hide_it():
    session, number = opened()
    assert session.begin(frame(Kind.REQ, number, 3, 5))[0] is not None
    assert session.begin(frame(Kind.REQ, number, 2, 5))[0] is not None


def test_request_numbers_may_wrap():
    session, number = opened()
    for id in list(range(0xFFF0, 0x10000)) + list(range(20)):
        session._newest = session._newest or 0xFFEF
        request, _ = session.begin(frame(Kind.REQ, number, id, 5))
        assert request is not None, id
        session.answer(request, Kind.RSP, b"")


def test_an_answer_to_an_ended_session_is_not_sent():
    session, number = opened()
    request, _ = session.begin(frame(Kind.REQ, number, 1, 5))
    session.open(4096, 5)
    assert session.answer(request, Kind.RSP, b"late") is None


def test_a_silent_host_is_not_alive():
    session, number = opened()
    assert session.alive(3000, 3000)
    assert not session.alive(3001, 3000)
    session.admit(frame(Kind.REQ, number), 2500)
    assert session.alive(3001, 3000)
    session.close()
    assert not session.alive(3001, 3000)
