"""Internal: recordings of what went over a link, written, read again and decoded.

| module | what |
|---|---|
| `recorder` | a trace file as it is written, and as it is read |
| `decoded` | the frames, junk and notes in it |
| `messages` | the messages in the frames |
"""
