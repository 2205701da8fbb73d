"""Files of attendance on their way into the ledger: dropped, recognised, placed, let in."""
