"""Reading an attendance file without a database: who was there, when, for how long."""
