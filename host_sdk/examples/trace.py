"""Record what goes over the wire, and print it: every frame, with its time and what it says."""

import subprocess
import sys
import tempfile
from pathlib import Path

import oralcam

with tempfile.TemporaryDirectory() as folder:
    trace = Path(folder, "session.trace")  # it holds photos: as private as they are
    with oralcam.Camera.open("emulator", trace=trace) as camera:
        camera.capture().release()
    subprocess.run([sys.executable, "-m", "oralcam", "trace", "print", trace], check=True)
