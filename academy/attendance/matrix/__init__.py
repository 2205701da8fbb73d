"""The matrix person by live session, with the evidence behind each of its cells."""
