"""A patient in the chair: the only place that knows cameras and records.

    with oralcam.visit(camera, patient) as visit:
        shot = visit.capture(site="ISO 26", reason="Cracked cusp")

| module | what |
|---|---|
| `visit` | one patient's stay: captures, presses, sites and reasons, a series of views |
| `shot` | one photo of it |
| `chair` | one camera: who was armed when, where each press goes, what waits to be filed |
| `facts` | from what the camera says of a photo to what the record keeps |
| `judging` | how good its picture is |
| `sending` | the outbox at work while visits go on |
"""
