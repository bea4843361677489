"""Internal: how an accepted photo gets from the camera into a program's hands.

| module | what |
|---|---|
| `intake` | fetch, durable, acknowledge, `Photo`: each photo once |
| `pending` | which photos wait on the camera |
| `lost_captures` | photos that the camera took and could not keep |
| `from_wire` | from what the camera says of a photo to a `Photo` |
"""
