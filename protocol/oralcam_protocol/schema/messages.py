"""Payloads. Fields are only ever appended; a reader ignores bytes that it does not know."""

from __future__ import annotations

from construct import (
    Bytes,
    Int8ul,
    Int16ul,
    Int32sl,
    Int32ul,
    Int64ul,
    PascalString,
    PrefixedArray,
    Struct,
)

from oralcam_protocol.schema.settings import SETTINGS
from oralcam_protocol.schema.vocabulary import Message

NO_TEMPERATURE = -(1 << 31)  # the sensor is missing or implausible

ZoneLight: Struct = Struct(
    "level_permille" / Int16ul * "what was asked of the zone, 0..1000",
    "current_ua" / Int32ul * "what the zone got, microamperes, mean",
)

Photo: Struct = Struct(
    "capture_id" / Int32ul * "number of the capture on this camera; never reused, reboots included",
    "press_number" / Int32ul * "number of the press that asked for it; 0 if the host did",
    "trigger" / Int8ul * "Trigger",
    "boot_id" / Int32ul * "of the boot whose clock the times are in",
    "size" / Int32ul * "bytes of JPEG",
    "width" / Int16ul * "pixels",
    "height" / Int16ul * "pixels",
    "exposure_start_us" / Int64ul * "camera clock",
    "exposure_end_us" / Int64ul * "camera clock",
    "exposure_us" / Int32ul * "exposure time used",
    "gain_milli" / Int32ul * "gain used, thousandths",
    "jpeg_quality" / Int8ul * "1..100",
    "settings_revision" / Int32ul * "of the settings used",
    "tip_temperature_mc" / Int32sl * "thousandths of a degree Celsius; -2^31: unknown",
    "frames_skipped" / Int16ul * "frames of the sensor passed over for this one",
    "light" / PrefixedArray(Int8ul, ZoneLight) * "by Zone",
)

HelloRequest: Struct = Struct(
    "nonce" / Int32ul * "random; comes back in the answer",
    "major_min" / Int8ul * "oldest major version the host speaks",
    "major_max" / Int8ul * "newest major version the host speaks",
    "credit" / Int32ul * "bytes of DATA the host takes unasked",
    "max_payload" / Int16ul * "largest payload the host takes",
)

HelloReply: Struct = Struct(
    "nonce" / Int32ul * "the host's",
    "session" / Int16ul * "number of this session, never 0",
    "boot_id" / Int32ul * "new at every start of the camera",
    "reset_cause" / Int8ul * "ResetCause",
    "major" / Int8ul * "major version of the protocol in use",
    "minor" / Int8ul * "minor version the camera speaks",
    "schema_hash" / Int32ul * "CRC-32 of the specification the codec was generated from",
    "capabilities" / Int32ul * "Capability",
    "credit" / Int32ul * "bytes the camera takes unasked",
    "max_payload" / Int16ul * "largest payload the camera takes",
    "photos_waiting" / Int16ul * "photos accepted and not yet acknowledged",
    "newest_event" / Int32ul * "number of the last event",
    "serial_number" / PascalString(Int8ul, "utf8") * "of the camera",
    "firmware_version" / PascalString(Int8ul, "utf8") * "such as 0.1.0",
    "board" / PascalString(Int8ul, "utf8") * "such as unix, esp32s3",
    "captures_lost" / Int16ul * "since 1.1: photos lost that no host knows of",
)

HeartbeatReply: Struct = Struct(
    "received_us" / Int64ul * "camera clock when the request arrived",
    "sent_us" / Int64ul * "camera clock when this answer left",
    "newest_event" / Int32ul * "number of the last event: a gap shows here",
)

Health: Struct = Struct(
    "uptime_us" / Int64ul * "camera clock",
    "tip_temperature_mc" / Int32sl * "thousandths of a degree Celsius; -2^31: unknown",
    "supply_mv" / Int16ul * "millivolts",
    "heap_free" / Int32ul * "bytes",
    "heap_used" / Int32ul * "bytes",
    "store_free" / Int32ul * "bytes left for photos",
    "photos_waiting" / Int16ul * "accepted and not yet acknowledged",
    "presses" / Int32ul * "since the camera started",
    "photos_accepted" / Int32ul * "since the camera started",
    "presses_refused" / Int32ul * "since the camera started",
    "captures_lost" / Int32ul * "since the camera started",
    "sensor_errors" / Int32ul * "since the camera started",
    "events_overwritten" / Int32ul * "events that left the ring unasked for by a host",
    "light_on_ms" / Int32ul * "total time the ring was lit",
    "light_lock" / Int8ul * "LightLock",
    "frames_received" / Int32ul * "link counter",
    "frames_damaged" / Int32ul * "link counter: bad header or CRC",
    "frames_stale" / Int32ul * "link counter: of another session",
    "bytes_outside" / Int32ul * "link counter: bytes that belonged to no frame",
    "write_stalls" / Int32ul * "frames given up because the host did not read",
    "task_restarts" / Int32ul * "services that failed and were started again",
    "heap_largest" / Int32ul * "since 1.1: bytes of the largest free block, to the next 4 KiB",
)

EventsRequest: Struct = Struct("after" / Int32ul * "send every event with a higher number again")

EventsReply: Struct = Struct(
    "oldest" / Int32ul * "number of the oldest event still in the ring",
    "newest" / Int32ul * "number of the last event",
)

Event: Struct = Struct(
    "number" / Int32ul * "1, 2, 3 … since the camera started",
    "type" / Int8ul * "EventType",
    "at_us" / Int64ul * "camera clock",
    "press_number" / Int32ul * "0 where no press is meant",
    "capture_id" / Int32ul * "0 where no capture is meant",
    "code" / Int16ul * "ErrorCode (REFUSED) or LightLock (LIGHT)",
    "photo" / PrefixedArray(Int8ul, Photo) * "the photo, in a PHOTO event",
)

CaptureRequest: Struct = Struct("sharpest_of" / Int8ul * "frames to choose the sharpest from, 1..8")

CaptureReply: Struct = Struct("photo" / Photo * "accepted")

PhotosRequest: Struct = Struct("after" / Int32ul * "photos with a higher capture_id")

PhotosReply: Struct = Struct(
    "waiting" / Int16ul * "photos waiting in all",
    "photos" / PrefixedArray(Int8ul, Photo) * "the next ones by capture_id; empty at the end",
)

FetchRequest: Struct = Struct(
    "capture_id" / Int32ul * "which photo",
    "offset" / Int32ul * "first byte wanted",
    "limit" / Int32ul * "DATA may go up to here until CREDIT says more",
)

End: Struct = Struct("sha256" / Bytes(32) * "of the whole photo, hashed while sending")

CancelRequest: Struct = Struct("transfer" / Int16ul * "id of the transfer to stop")

AcknowledgeRequest: Struct = Struct(
    "capture_id" / Int32ul * "which photo is durable at the host",
    "sha256" / Bytes(32) * "of what the host has; the camera frees the photo only if it is the same",
)

AcknowledgeReply: Struct = Struct(
    "freed" / Int8ul * "1: freed now; 0: was not there any more",
    "waiting" / Int16ul * "photos still waiting",
)

Loss: Struct = Struct(
    "capture_id" / Int32ul * "the number that the photo would have, or had",
    "press_number" / Int32ul * "of the press that asked for it; 0 if the host did",
)

LossesRequest: Struct = Struct("after" / Int32ul * "losses with a higher capture_id")

LossesReply: Struct = Struct(
    "forgotten" / Int32ul * "older losses that there was no room to remember, ever",
    "losses" / PrefixedArray(Int8ul, Loss) * "the next ones by capture_id; empty at the end",
)

LossKnownRequest: Struct = Struct("capture_id" / Int32ul * "the host has noted this loss for good")

LightRequest: Struct = Struct(
    "steady" / Int8ul * "1: lit now and until told otherwise; 0: only around exposures",
    "levels_permille" / PrefixedArray(Int8ul, Int16ul) * "by Zone, 0..1000",
)

LightReply: Struct = Struct(
    "steady" / Int8ul * "as asked",
    "lock" / Int8ul * "LightLock",
    "zones" / PrefixedArray(Int8ul, ZoneLight) * "by Zone; currents as they are now",
)

Settings: Struct = Struct(*(each.field / each.width * each.meaning for each in SETTINGS))

SettingsRequest: Struct = Struct(
    "fields" / Int32ul * "bit n: take the n-th field of the settings",
    "settings" / Settings * "values of the chosen fields; the others are ignored",
)

SettingsReply: Struct = Struct(
    "revision" / Int32ul * "counts changes",
    "settings" / Settings * "in effect",
)

ErrorReply: Struct = Struct(
    "code" / Int16ul * "ErrorCode",
    "detail" / PascalString(Int8ul, "utf8") * "a short sentence",
    "log" / PascalString(Int16ul, "utf8") * "the camera's last log lines",
)

MESSAGES = (
    Message("ZoneLight", ZoneLight, "One zone of the ring."),
    Message("Photo", Photo, "A photo and what was used to take it."),
    Message("HelloRequest", HelloRequest, "HELLO, host to camera: opens a session."),
    Message("HelloReply", HelloReply, "HELLO, camera to host: who it is."),
    Message("HeartbeatReply", HeartbeatReply, "RSP to HEARTBEAT: clock exchange and newest event."),
    Message("Health", Health, "RSP to HEALTH."),
    Message("EventsRequest", EventsRequest, "REQ EVENTS: fill a gap."),
    Message("EventsReply", EventsReply, "RSP to EVENTS: what the ring holds; the events follow."),
    Message("Event", Event, "EVENT: numbered, kept in a ring."),
    Message("CaptureRequest", CaptureRequest, "REQ CAPTURE."),
    Message("CaptureReply", CaptureReply, "RSP to CAPTURE."),
    Message("PhotosRequest", PhotosRequest, "REQ PHOTOS: what waits on the camera."),
    Message("PhotosReply", PhotosReply, "RSP to PHOTOS, a page."),
    Message(
        "FetchRequest", FetchRequest, "REQ FETCH, RSP empty: a transfer begins, whose id is the request's."
    ),
    Message("End", End, "END of a transfer."),
    Message("CancelRequest", CancelRequest, "REQ CANCEL."),
    Message("AcknowledgeRequest", AcknowledgeRequest, "REQ ACKNOWLEDGE."),
    Message("AcknowledgeReply", AcknowledgeReply, "RSP to ACKNOWLEDGE."),
    Message("Loss", Loss, "A photo that a reset took away: not yet accepted, or in a store that forgets."),
    Message("LossesRequest", LossesRequest, "REQ LOSSES: what was lost and no host knows of."),
    Message("LossesReply", LossesReply, "RSP to LOSSES, a page."),
    Message("LossKnownRequest", LossKnownRequest, "REQ LOSS_KNOWN, RSP empty: reported for good."),
    Message("LightRequest", LightRequest, "REQ LIGHT_SET."),
    Message("LightReply", LightReply, "RSP to LIGHT_GET and LIGHT_SET."),
    Message("Settings", Settings, "What a capture is taken with."),
    Message("SettingsRequest", SettingsRequest, "REQ SETTINGS_APPLY."),
    Message("SettingsReply", SettingsReply, "RSP to SETTINGS_GET and SETTINGS_APPLY."),
    Message("ErrorReply", ErrorReply, "ERR: the request failed."),
)
