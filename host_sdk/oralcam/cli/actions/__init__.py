"""Internal: what the larger commands do. They load once a command runs; `--help` pays for none of them."""
