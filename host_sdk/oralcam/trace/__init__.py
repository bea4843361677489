"""Internal: what went over a link. Record it, read it again, decode it.

| module | what |
|---|---|
| `recorder` | a trace file as it is written, and as it is read |
| `decoded` | the frames, junk and notes in it |
| `messages` | the messages in the frames |
"""
