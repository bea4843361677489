"""What a picture of a target says about lens, sensor and light: one figure a file, numpy alone, no camera."""
