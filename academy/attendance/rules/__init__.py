"""The rules of a series by which presence becomes attendance."""
