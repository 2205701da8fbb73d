"""Courses from files, lessons, quizzes and how far each learner is."""
