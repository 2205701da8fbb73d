"""The matrix of rights, its part about cases, threads and moderation (see matrix.py)."""

# ruff: noqa: E501  a table is read by its columns

COMMUNITY = """
#            anon learn other organ focal moder admin  address
GET    -      yes   yes   yes   yes   yes   yes   yes   /cases/
GET    -      yes   yes   yes   yes   yes   yes   yes   /cases/by-demand/
GET    -      yes   yes   yes   yes   yes   yes   yes   /cases/feed.atom
GET    -      yes   yes   yes   yes   yes   yes   yes   /cases/map/
GET    -      yes   yes   yes   yes   yes   yes   yes   /cases/<slug>/
GET    draft  404   404   404   yes   404   yes   yes   /cases/<slug>/
GET    -      yes   yes   yes   yes   yes   yes   yes   /cases/<slug>/case.bib
GET    draft  404   404   404   yes   404   yes   yes   /cases/<slug>/case.bib
GET    -      yes   yes   yes   yes   yes   yes   yes   /cases/<slug>/case.ris
GET    draft  404   404   404   yes   404   yes   yes   /cases/<slug>/case.ris
GET    -      yes   yes   yes   yes   yes   yes   yes   /cases/<slug>/case.json
GET    draft  404   404   404   yes   404   yes   yes   /cases/<slug>/case.json
GET    -      yes   yes   yes   yes   yes   yes   yes   /cases/<slug>/case.md
GET    draft  404   404   404   yes   404   yes   yes   /cases/<slug>/case.md
GET    -      yes   yes   yes   yes   yes   yes   yes   /threads/
GET    -      yes   yes   yes   yes   yes   yes   yes   /search/
GET    -      in    yes   yes   yes   yes   yes   yes   /threads/new
POST   -      in    yes   yes   yes   yes   yes   yes   /threads/new
GET    -      yes   yes   yes   yes   yes   yes   yes   /threads/<int:thread_id>/
GET    draft  404   404   404   404   404   yes   yes   /threads/<int:thread_id>/
GET    -      yes   yes   yes   yes   yes   yes   yes   /threads/<int:thread_id>/feed.atom
GET    draft  404   404   404   404   404   yes   yes   /threads/<int:thread_id>/feed.atom
GET    -      yes   yes   yes   yes   yes   yes   yes   /threads/<int:thread_id>/posts/<int:number>/
GET    draft  404   404   404   404   404   yes   yes   /threads/<int:thread_id>/posts/<int:number>/
GET    -      yes   yes   yes   yes   yes   yes   yes   /threads/<int:thread_id>/posts/<int:number>/history
GET    draft  404   404   404   404   404   yes   yes   /threads/<int:thread_id>/posts/<int:number>/history
GET    -      yes   yes   yes   yes   yes   yes   yes   /threads/<int:thread_id>/posts/<int:number>/part
GET    draft  404   404   404   404   404   yes   yes   /threads/<int:thread_id>/posts/<int:number>/part
GET    -      yes   yes   yes   yes   yes   yes   yes   /threads/<int:thread_id>/posts/
GET    draft  404   404   404   404   404   yes   yes   /threads/<int:thread_id>/posts/
POST   -      in    yes   yes   yes   yes   yes   yes   /threads/<int:thread_id>/posts/
POST   draft  in    404   404   404   404   yes   yes   /threads/<int:thread_id>/posts/
POST   -      in    yes   yes   yes   yes   yes   yes   /threads/<int:thread_id>/reading
POST   draft  in    404   404   404   404   yes   yes   /threads/<int:thread_id>/reading
POST   -      in    yes   yes   yes   yes   yes   yes   /threads/<int:thread_id>/wish
POST   draft  in    404   404   404   404   yes   yes   /threads/<int:thread_id>/wish
POST   -      in    yes   yes   yes   yes   yes   yes   /threads/<int:thread_id>/posts/<int:number>/acceptance
POST   draft  in    404   404   404   404   yes   yes   /threads/<int:thread_id>/posts/<int:number>/acceptance
POST   -      in    yes   yes   yes   yes   yes   yes   /threads/<int:thread_id>/posts/<int:number>/reactions
POST   draft  in    404   404   404   404   yes   yes   /threads/<int:thread_id>/posts/<int:number>/reactions
GET    -      in    yes   403   403   403   403   403   /threads/<int:thread_id>/posts/<int:number>/edit
GET    -      in    yes   403   403   403   403   403   /threads/<int:thread_id>/posts/<int:number>/removal
POST   -      in    yes   403   403   403   403   403   /threads/<int:thread_id>/posts/<int:number>/edit
POST   -      in    yes   403   403   403   403   403   /threads/<int:thread_id>/posts/<int:number>/removal
GET    -      in    403   403   403   403   yes   yes   /threads/<int:thread_id>/summary
GET    draft  in    403   403   403   403   yes   yes   /threads/<int:thread_id>/summary
POST   -      in    403   403   403   403   yes   yes   /threads/<int:thread_id>/summary
GET    -      in    403   403   403   403   yes   yes   /threads/<int:thread_id>/summary/history
POST   -      in    403   403   403   403   yes   yes   /threads/<int:thread_id>/summary/removal
POST   -      in    403   403   403   403   yes   yes   /threads/<int:thread_id>/summary/return
POST   -      in    403   403   403   403   yes   yes   /threads/<int:thread_id>/posts/<int:number>/recommendation
GET    -      in    403   403   403   403   yes   yes   /moderation/
GET    -      in    403   403   403   403   yes   yes   /moderation/log
GET    -      in    403   403   403   403   yes   yes   /moderation/words
GET    -      in    403   403   403   403   yes   yes   /moderation/queue/<int:waiting_id>/
GET    -      in    403   403   403   403   yes   yes   /moderation/threads/<int:thread_id>/
POST   -      in    403   403   403   403   yes   yes   /moderation/words
POST   -      in    403   403   403   403   yes   yes   /moderation/words/<int:word_id>/removal
POST   -      in    403   403   403   403   yes   yes   /moderation/queue/<int:waiting_id>/
POST   -      in    403   403   403   403   yes   yes   /moderation/queue/<int:waiting_id>/claim
POST   -      in    403   403   403   403   yes   yes   /moderation/threads/<int:thread_id>/
POST   -      in    403   403   403   403   yes   yes   /moderation/decisions/<int:decision_id>/answer
POST   -      in    403   403   403   403   yes   yes   /moderation/decisions/<int:decision_id>/undoing
GET    -      yes   yes   yes   yes   yes   yes   yes   /moderation/figures/<int:year>
GET    -      in    yes   yes   yes   yes   yes   yes   /moderation/flags/<int:thread_id>/<int:number>
GET    draft  in    404   404   404   404   yes   yes   /moderation/flags/<int:thread_id>/<int:number>
POST   -      in    yes   yes   yes   yes   yes   yes   /moderation/flags/<int:thread_id>/<int:number>
POST   draft  in    404   404   404   404   yes   yes   /moderation/flags/<int:thread_id>/<int:number>
GET    -      in    yes   404   404   404   yes   yes   /moderation/decisions/<int:decision_id>/
POST   -      in    yes   404   404   404   yes   yes   /moderation/decisions/<int:decision_id>/
"""
