"""Go on after the cable was pulled: the same object works again, with the same light and settings."""

import oralcam
from oralcam.emulator import Emulator

with Emulator() as emulator, oralcam.Camera.open(emulator) as camera:
    camera.lighting.preset("posterior")
    emulator.unplug()
    try:
        camera.capture()
    except oralcam.DeviceDisconnected as error:
        print(error)
    emulator.plug_in()
    if camera.wait_connected(timeout=20):
        photo = camera.capture()
        print("back, lit by", *(zone for zone, light in photo.light.items() if light.level == 1))
        photo.release()
