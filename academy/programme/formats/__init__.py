"""Lists of registrations as forms and ticket shops export them, read without a database."""
