"""Programme: series, live sessions, registrations and places."""
