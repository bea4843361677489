"""The rig controller's application, on the camera's wire code: `core` decides, `hal` is all it knows of pins.

From the camera's firmware it takes `core.session` (exactly-once requests), `core.clock`, `services.link`
(frames), `services.clock`, `services.failure`, `buffers`, `version` and `hal`: flash camera_app as well.
"""
