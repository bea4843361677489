"""Print, replay and make traces of sessions (`oralcam --trace FILE …`)."""
