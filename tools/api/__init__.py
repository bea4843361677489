"""The public API of oralcam: which modules are public, and the file that a test compares it with.

| module | what |
|---|---|
| `modules` | which modules are public, which internal |
| `listing` | every public name with its signature, read from the source by griffe |

`python -m tools.api --write` renews `docs/api/public.txt`.
"""
