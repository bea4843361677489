"""Hours of a camera whose parts raise, hang and lie: what is lit is judged, not what the firmware believes."""
