"""Write into a JPEG what it shows, read it back, and take it out again: no pixel changes."""

import oralcam
from oralcam import jpeg

with oralcam.Camera.open("emulator") as camera:
    photo = camera.capture()
    about = jpeg.PhotoMetadata(
        taken_at=photo.taken_at,
        exposure_s=photo.exposure_us / 1e6,
        tooth_system="iso",
        teeth=("26",),
        reason="Cracked cusp",
    )
    tagged = jpeg.tag(photo.jpeg, about)
    said = jpeg.read(tagged)
    print("tooth", *said.teeth, said.tooth_system, said.reason)
    print("stripped, it is the sensor's JPEG:", jpeg.strip(tagged) == jpeg.strip(photo.jpeg))
    photo.release()
