"""Internal: files that survive a power cut, and where this package keeps them.

| module | what |
|---|---|
| `paths` | the folders of the person who runs it |
| `atomic_write` | old or new, never half |
| `disk` | the operations on files that spool and records are made of |
| `lock` | one program at a time |
| `private_folder` | a folder that only its owner reads, with a lock |
| `toml_table` | settings files, checked as they are read |
"""
