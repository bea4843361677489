"""See how light, exposure time and gain change the picture: the mean brightness of four captures."""

import oralcam

with oralcam.Camera.open("emulator") as camera:
    for preset, exposure_us, gain in (
        ("off", 10_000, 1.0),
        ("posterior", 10_000, 1.0),
        ("posterior", 20_000, 1.0),
        ("posterior", 10_000, 4.0),
    ):
        camera.lighting.preset(preset)
        camera.settings.apply(exposure_us=exposure_us, gain=gain)
        photo = camera.capture()
        print(f"{preset:10} {exposure_us:6} us  gain {gain}  mean {photo.array().mean():5.1f}")
        photo.release()  # it was only measured: it leaves the spool without being saved
