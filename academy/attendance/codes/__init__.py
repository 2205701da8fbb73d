"""The code of a room: shown to everybody in it, entered by each learner."""
