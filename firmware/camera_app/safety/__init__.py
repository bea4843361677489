"""Light that cannot hurt: alone drives the ring, and knows nothing but `hal` and `core`.

`safety.py` puts the limits together; each limit is a file, its numbers stand in `limits.py` and, with their
sources, in docs/safety.md. A limit says by its `lock` (wire.enums.LightLock) why there may be no light now.
Whatever raises on the way means that nothing is known, and that means dark.
"""
