"""Internal: whose a photo is. Who was armed when, and quarantine for a photo that nobody can assign.

| module | what |
|---|---|
| `timeline` | who was armed when; the patient of a moment, or a doubt |
| `arming_file` | the same on disk, so that it outlives the program |
| `doubt` | why nobody knows whose a photo is |
| `quarantine`, `quarantined_photo` | photos that wait for a person to say whose they are |
"""
