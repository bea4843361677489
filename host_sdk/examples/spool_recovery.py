"""Save what a program left in the spool when it ended before it had saved its photo."""

import tempfile
from pathlib import Path

import oralcam
from oralcam.spool import Spool
from oralcam.spool.contents import contents_of

with tempfile.TemporaryDirectory() as folder:
    spool, rescued = Path(folder, "spool"), Path(folder, "rescued")
    rescued.mkdir()
    with oralcam.Camera.open("emulator", spool=spool) as camera:
        camera.capture()  # durable in the spool from here on; this program forgets to save it
    for photo in contents_of(Spool(spool)).photos:
        (rescued / f"{photo.capture_id}.jpg").write_bytes(photo.read())  # its SHA-256 is checked
        photo.leave()
    print("rescued", *(path.name for path in rescued.iterdir()))
    print("left in the spool:", len(contents_of(Spool(spool)).photos))
