"""DICOM: a record and its JPEG as an object, into an archive and back. Needs the extra `oralcam[dicom]`.

| module | what |
|---|---|
| `photo` | a record and a JPEG become a VL Photographic Image, or a Secondary Capture |
| `check`, `modules` | is everything there that the standard demands? Asked before anything is sent |
| `pixels` | the JPEG inside, and `extract_jpeg` |
| `store`, `commitment` | C-STORE, and the archive's promise that it keeps what it took |
| `web` | the same over HTTP: STOW-RS and QIDO-RS |
| `node`, `tls` | where archives are, and whom to trust |
| `association`, `http`, `deadline` | conversations that end in time, whatever the other side does |

Modules without `__all__` are internal.
"""
