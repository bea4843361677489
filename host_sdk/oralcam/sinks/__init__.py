"""Where photos go: a folder, an archive. Each sink sends a record's projection and proves that it is held.

Modules without `__all__` are internal.
"""
