"""The case library: documented practices of the solidarity economy, as comparable records."""
