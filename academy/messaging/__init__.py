"""Messaging: the delivery ledger and the channels that carry it."""
