"""Cameras under test: emulated, in the VM, or connected. Scenarios see `CameraUnderTest` only."""
