"""The queue between a record and its sinks: durable, each delivery once, nothing dropped.

`delivery_table` is what is written down, `worker` carries it out, `backoff` says when to try again.

Modules without `__all__` are internal.
"""
