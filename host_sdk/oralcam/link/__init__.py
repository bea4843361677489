"""Internal: bytes in and out: the port, the reader thread, requests, transfers. No patients here."""
