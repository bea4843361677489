"""Internal: a patient in the chair; the only place that knows cameras and records.

Programs use `oralcam.visit`, `oralcam.Visit` and `oralcam.Shot`.

    with oralcam.visit(camera, patient) as visit:
        shot = visit.capture(site="ISO 26", reason="Cracked cusp")

| module | what |
|---|---|
| `begin` | `oralcam.visit` |
| `visit` | one patient's stay: captures, presses, sites and reasons, a series of views |
| `shot` | one photo of it |
| `filing` | what a visit's photos have in common; how one becomes a record, is kept and queued |
| `press_router` | one camera: who was armed when, where each press goes, what waits to be filed |
| `from_camera` | from what the camera says of a photo to what the record keeps |
| `quality_check` | how good its picture is |
"""
