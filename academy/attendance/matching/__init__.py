"""From an identity to a person: the ladder of certain rules, and suggestions for humans."""
