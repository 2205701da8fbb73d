"""A learner's own attendance with its evidence."""
