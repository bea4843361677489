"""What goes wrong on purpose: `proxy` (a cable with a bad contact), `runs` (many sessions), `fuzz`."""
