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
GET    -      in    403   403   yes   403   403   yes   /desk/courses/files/
GET    -      in    403   403   yes   403   403   yes   /desk/courses/files/new
POST   -      in    403   403   yes   403   403   yes   /desk/courses/files/new
GET    -      in    403   403   yes   403   403   yes   /desk/courses/<course>/files/
GET    -      in    403   403   yes   403   403   yes   /desk/courses/<course>/files/<path:path>
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/files/<path:path>
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/removals/<path:path>
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/discards/<path:path>
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/agreements/<path:path>
GET    -      in    403   403   yes   403   403   yes   /desk/courses/<course>/versions/<path:path>
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/restorations/<int:number>/<path:path>
GET    -      in    403   403   yes   403   403   yes   /desk/courses/<course>/check
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/publication
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/shelf
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/removal
GET    -      in    403   403   yes   403   403   yes   /desk/courses/<course>/new
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/lessons
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/modules
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/languages
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/lessons/<key>/<step>
GET    -      in    403   403   yes   403   403   yes   /desk/courses/<course>/lessons/<key>/name
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/lessons/<key>/name
GET    -      in    403   403   yes   403   403   yes   /desk/courses/<course>/figures
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/figures
GET    -      in    403   403   yes   403   403   yes   /desk/courses/<course>/draft-figures/<digest>/<name>
GET    -      in    403   403   yes   403   403   yes   /desk/courses/<course>/preview/<module>/<lesson>/
POST   -      in    403   403   yes   403   403   yes   /desk/courses/<course>/preview/<module>/<lesson>/
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
