"""The queue between a record and its sinks: durable, each delivery once, nothing dropped.

`table` is what is written down, `worker` carries it out, `backoff` says when to try again.
"""
