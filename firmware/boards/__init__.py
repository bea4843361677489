"""Adapters from real boards to `camera_app.hal`, one folder each."""
