"""A patient in the chair: the only place that knows cameras and records.

    with oralcam.visit(camera, patient) as visit:
        shot = visit.capture(site="ISO 26", reason="Cracked cusp")

| module | what |
|---|---|
| `visit` | one patient's stay: captures, presses, sites and reasons, a series of views |
| `chair` | one camera: who was armed when, where each press goes, what waits to be filed |
| `facts` | from what the camera says of a photo to what the record keeps |
| `sending` | the outbox at work while visits go on |
"""
