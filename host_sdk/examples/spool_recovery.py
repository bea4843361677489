"""Save what a program left in the spool when it ended before it had saved its photo."""

import subprocess
import sys
import tempfile
from pathlib import Path

import oralcam

OURS = (sys.executable, "-m", "oralcam")  # in a terminal: `oralcam`

with tempfile.TemporaryDirectory() as folder:
    spool, rescued = Path(folder, "spool"), Path(folder, "rescued")
    with oralcam.Camera.open("emulator", spool=spool) as camera:
        camera.capture()  # durable in the spool from here on; this program forgets to save it
    recover = (*OURS, "spool", "recover", "--spool", str(spool), "--out", str(rescued))
    subprocess.run(recover, check=True, stdout=subprocess.DEVNULL)  # each photo's SHA-256 is checked
    print("rescued", *(path.name for path in rescued.iterdir()))
    print("left in the spool:", len(list(spool.glob("*.jpg"))))
