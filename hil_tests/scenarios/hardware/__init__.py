"""What only a real camera can show. On other benches these are listed, never counted as passed."""
