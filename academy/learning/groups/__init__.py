"""The group of a course as its facilitators see it: how far each is, who needs a hand, letters."""
