"""The wire protocol of oralcam: `schema` defines it (host only), `wire` speaks it (host and camera)."""
