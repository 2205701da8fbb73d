"""The matrix of rights, its part about courses (see matrix.py)."""

# ruff: noqa: E501  a table is read by its columns

LEARNING = """
#            anon learn other organ focal moder admin  address
GET    -      yes   yes   yes   yes   yes   yes   yes   /courses/
GET    -      yes   yes   yes   yes   yes   yes   yes   /courses/feed.atom
GET    -      yes   yes   yes   yes   yes   yes   yes   /courses/<course>/
GET    -      yes   yes   yes   yes   yes   yes   yes   /courses/<course>/course.zip
GET    -      yes   yes   yes   yes   yes   yes   yes   /courses/<course>/figures/<digest>/<name>
GET    -      yes   yes   yes   yes   yes   yes   yes   /courses/<course>/<module>/<lesson>/
POST   -      in    yes   yes   yes   yes   yes   yes   /courses/<course>/<module>/<lesson>/read
POST   -      in    yes   yes   yes   yes   yes   yes   /courses/<course>/<module>/<lesson>/seen
POST   -      in    yes   yes   yes   yes   yes   yes   /courses/<course>/<module>/<lesson>/note
POST   -      in    yes   yes   yes   yes   yes   yes   /courses/<course>/<module>/<lesson>/quiz
GET    -      in    yes   404   404   404   404   404   /courses/<course>/<module>/<lesson>/quiz/<int:attempt_id>/
POST   -      in    yes   404   404   404   404   404   /courses/<course>/<module>/<lesson>/quiz/<int:attempt_id>/
#            the learner facilitates the series of the course, the other one another series
GET    -      in    yes   404   yes   yes   404   yes   /desk/courses/<course>/learners/
GET    -      in    yes   404   yes   yes   404   yes   /desk/courses/<course>/learners.<kind>
GET    own    in    yes   404   yes   404   404   yes   /desk/courses/<course>/learners/<int:person_id>/
GET    Nepal  in    yes   404   yes   yes   404   yes   /desk/courses/<course>/learners/<int:person_id>/
GET    -      in    yes   404   yes   yes   404   yes   /desk/courses/<course>/learners/write
POST   -      in    yes   404   yes   yes   404   yes   /desk/courses/<course>/learners/write
GET    -      in    yes   404   yes   yes   404   yes   /desk/courses/<course>/letters/
POST   -      in    yes   404   yes   yes   404   yes   /desk/courses/<course>/letters/
#            the letter is an organiser's: others see their own alone
GET    -      in    404   404   yes   404   404   yes   /desk/courses/<course>/letters/<int:letter_id>/
POST   -      in    404   404   yes   404   404   yes   /desk/courses/<course>/letters/<int:letter_id>/stop
GET    -      in    yes   404   yes   yes   404   yes   /desk/courses/<course>/quizzes/
GET    -      in    yes   404   yes   yes   404   yes   /desk/courses/<course>/quizzes/<module>/<lesson>/
GET    -      in    yes   yes   yes   yes   404   yes   /desk/courses/
GET    -      in    403   403   yes   403   403   yes   /desk/series/<slug>/facilitators/
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/facilitators/
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/facilitators/<int:facilitator_id>/removal
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/facilitators/<int:facilitator_id>/return
"""
