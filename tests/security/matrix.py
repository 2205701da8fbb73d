"""The matrix of rights: who may do what, one line an address.

yes: the request is heard; in: sent to sign in; 401: no token; 403: seen, but not allowed;
404: not yours to know of. The learner owns what the addresses name, the other learner does not;
the focal point is Nepal's. The case says what an address names where it is not the learner's or
the published series': something of a woman of Nepal, of a draft, others' where it is one's own, or
the learner's own token where it is else one of nobody's.
"""

# ruff: noqa: E501  a table is read by its columns

from dataclasses import dataclass

from tests.security.community_matrix import COMMUNITY
from tests.security.learning_matrix import LEARNING

TABLE = """
#            anon learn other organ focal moder admin  address
GET    -      yes   yes   yes   yes   yes   yes   yes   /
GET    -      in    yes   yes   yes   yes   yes   yes   /account/
POST   -      in    yes   yes   yes   yes   yes   yes   /account/
GET    -      in    yes   yes   yes   yes   yes   yes   /account/addresses
POST   -      in    yes   yes   yes   yes   yes   yes   /account/addresses
POST   -      in    yes   404   404   404   404   404   /account/addresses/<int:address_id>/primary
POST   -      in    yes   404   404   404   404   404   /account/addresses/<int:address_id>/removal
POST   -      in    yes   404   404   404   404   404   /account/addresses/<int:address_id>/verification
GET    -      in    yes   yes   yes   yes   yes   yes   /account/consents
POST   -      in    yes   yes   yes   yes   yes   yes   /account/consents
GET    -      in    yes   yes   yes   yes   yes   yes   /account/data
GET    -      in    yes   yes   yes   yes   yes   yes   /account/data/file
GET    -      in    yes   yes   yes   yes   yes   yes   /account/erasure
POST   -      in    yes   yes   yes   yes   yes   yes   /account/erasure
GET    -      in    yes   yes   yes   yes   yes   yes   /account/password
POST   -      in    yes   yes   yes   yes   yes   yes   /account/password
GET    -      in    yes   yes   yes   yes   yes   yes   /account/proof
POST   -      in    yes   yes   yes   yes   yes   yes   /account/proof
GET    -      in    yes   yes   yes   yes   yes   yes   /account/second-factor
POST   -      in    yes   yes   yes   yes   yes   yes   /account/second-factor
POST   -      in    yes   yes   yes   yes   yes   yes   /account/second-factor/confirmation
POST   -      in    yes   yes   yes   yes   yes   yes   /account/second-factor/recovery-codes
POST   -      in    yes   yes   yes   yes   yes   yes   /account/second-factor/removal
POST   -      in    yes   yes   404   404   404   404   /account/second-factor/skip
GET    -      in    yes   yes   yes   yes   yes   yes   /account/sign-ins
POST   -      in    yes   404   404   404   404   404   /account/sign-ins/<int:sign_in_id>/end
POST   -      in    yes   yes   yes   yes   yes   yes   /account/sign-ins/end-others
GET    -      yes   yes   yes   yes   yes   yes   yes   /api/v1/cases
GET    -      yes   yes   yes   yes   yes   yes   yes   /api/v1/featured-cases
GET    -      yes   yes   yes   yes   yes   yes   yes   /api/v1/cases/<slug>
GET    draft  404   404   404   404   404   404   404   /api/v1/cases/<slug>
GET    -      yes   yes   yes   yes   yes   yes   yes   /api/v1/docs
GET    -      401   403   403   yes   yes   403   yes   /api/v1/live-sessions/<slug>
GET    draft  401   403   403   yes   404   403   yes   /api/v1/live-sessions/<slug>
GET    -      401   403   403   yes   yes   403   yes   /api/v1/live-sessions/<slug>/attendance
GET    draft  401   403   403   yes   404   403   yes   /api/v1/live-sessions/<slug>/attendance
POST   -      401   403   403   yes   403   403   yes   /api/v1/live-sessions/<slug>/attendance/imports
GET    -      yes   yes   yes   yes   yes   yes   yes   /api/v1/openapi.json
GET    -      401   403   403   yes   yes   403   yes   /api/v1/series
POST   -      401   403   403   yes   403   403   yes   /api/v1/series
GET    -      401   403   403   yes   yes   403   yes   /api/v1/series/<slug>
GET    draft  401   403   403   yes   404   403   yes   /api/v1/series/<slug>
PATCH  -      401   403   403   yes   403   403   yes   /api/v1/series/<slug>
GET    -      401   403   403   yes   yes   403   yes   /api/v1/series/<slug>/attendance
GET    draft  401   403   403   yes   404   403   yes   /api/v1/series/<slug>/attendance
GET    -      401   403   403   yes   yes   403   yes   /api/v1/series/<slug>/figures/attendance
GET    draft  401   403   403   yes   404   403   yes   /api/v1/series/<slug>/figures/attendance
GET    -      401   403   403   yes   yes   403   yes   /api/v1/series/<slug>/figures/registrations
GET    draft  401   403   403   yes   404   403   yes   /api/v1/series/<slug>/figures/registrations
GET    -      401   403   403   yes   yes   403   yes   /api/v1/series/<slug>/live-sessions
GET    draft  401   403   403   yes   404   403   yes   /api/v1/series/<slug>/live-sessions
GET    -      401   403   403   yes   yes   403   yes   /api/v1/series/<slug>/registrations
GET    draft  401   403   403   yes   404   403   yes   /api/v1/series/<slug>/registrations
POST   -      401   403   403   yes   yes   403   yes   /api/v1/series/<slug>/registrations
POST   draft  401   403   403   yes   404   403   yes   /api/v1/series/<slug>/registrations
DELETE -      401   403   403   yes   404   403   yes   /api/v1/series/<slug>/registrations/<int:registration_id>
DELETE draft  401   403   403   404   404   403   404   /api/v1/series/<slug>/registrations/<int:registration_id>
DELETE Nepal  401   403   403   yes   yes   403   yes   /api/v1/series/<slug>/registrations/<int:registration_id>
GET    -      in    yes   yes   yes   yes   yes   yes   /attendance/
GET    -      in    yes   404   404   404   404   404   /attendance/<slug>/
GET    draft  in    404   404   404   404   404   404   /attendance/<slug>/
POST   -      in    yes   404   404   404   404   404   /attendance/<slug>/objection
POST   draft  in    404   404   404   404   404   404   /attendance/<slug>/objection
POST   -      in    yes   404   404   404   404   404   /attendance/<slug>/objection/withdrawal
POST   draft  in    404   404   404   404   404   404   /attendance/<slug>/objection/withdrawal
GET    -      404   404   404   404   404   404   404   /calendar/<token>.ics
GET    own    yes   yes   yes   yes   yes   yes   yes   /calendar/<token>.ics
GET    -      yes   yes   yes   yes   yes   yes   yes   /calendar/series/<slug>.ics
GET    draft  404   404   404   yes   404   404   yes   /calendar/series/<slug>.ics
GET    -      in    yes   yes   yes   yes   yes   yes   /codes/<slug>
GET    draft  in    404   404   yes   404   404   yes   /codes/<slug>
POST   -      in    yes   403   403   403   403   403   /codes/<slug>
POST   draft  in    404   404   403   404   404   403   /codes/<slug>
GET    -      404   404   404   404   404   404   404   /codes/<slug>/<token>
GET    own    yes   yes   yes   yes   yes   yes   yes   /codes/<slug>/<token>
POST   -      404   404   404   404   404   404   404   /codes/<slug>/<token>
POST   own    yes   yes   yes   yes   yes   yes   yes   /codes/<slug>/<token>
GET    -      in    403   403   yes   yes   403   yes   /desk/
GET    -      in    403   403   yes   403   403   yes   /desk/attendance-imports/<int:import_id>/
POST   -      in    403   403   yes   403   403   yes   /desk/attendance-imports/<int:import_id>/undo
POST   -      in    403   403   yes   403   403   yes   /desk/decisions/<int:match_id>/undo
GET    -      in    403   403   yes   403   403   yes   /desk/identities/<int:identity_id>/
GET    -      in    403   403   yes   403   403   yes   /desk/identities/<int:identity_id>/decide
POST   -      in    403   403   yes   403   403   yes   /desk/identities/<int:identity_id>/decide
GET    -      in    403   403   yes   403   403   yes   /desk/jobs/
POST   -      in    403   403   yes   403   403   yes   /desk/jobs/<int:run_id>/dismissal
POST   -      in    403   403   yes   403   403   yes   /desk/jobs/<int:run_id>/retry
POST   -      in    403   403   yes   403   403   yes   /desk/jobs/<int:run_id>/return
POST   -      in    403   403   yes   403   403   yes   /desk/jobs/run
GET    -      in    403   403   yes   403   403   yes   /desk/listening-points/<int:point_id>/
POST   -      in    403   403   yes   403   403   yes   /desk/listening-points/<int:point_id>/
GET    -      in    403   403   yes   403   403   yes   /desk/listening-points/<int:point_id>/device
POST   -      in    403   403   yes   403   403   yes   /desk/listening-points/<int:point_id>/device
POST   -      in    403   403   yes   403   403   yes   /desk/listening-points/<int:point_id>/withdrawal
POST   -      in    403   403   yes   403   403   yes   /desk/listening-points/<int:point_id>/withdrawal/undo
GET    -      in    403   403   yes   yes   403   yes   /desk/live-sessions/<slug>/
GET    draft  in    403   403   yes   404   403   yes   /desk/live-sessions/<slug>/
GET    -      in    403   403   yes   yes   403   yes   /desk/live-sessions/<slug>/attendance/
GET    draft  in    403   403   yes   404   403   yes   /desk/live-sessions/<slug>/attendance/
GET    -      in    403   403   yes   yes   403   yes   /desk/live-sessions/<slug>/attendance/code/
GET    draft  in    403   403   yes   404   403   yes   /desk/live-sessions/<slug>/attendance/code/
GET    -      in    403   403   yes   yes   403   yes   /desk/live-sessions/<slug>/attendance/code/now
GET    draft  in    403   403   yes   404   403   yes   /desk/live-sessions/<slug>/attendance/code/now
GET    -      in    403   403   yes   403   403   yes   /desk/live-sessions/<slug>/attendance/import
POST   -      in    403   403   yes   403   403   yes   /desk/live-sessions/<slug>/attendance/import
POST   -      in    403   403   yes   403   403   yes   /desk/live-sessions/<slug>/attendance/match
GET    -      in    403   403   yes   403   403   yes   /desk/live-sessions/<slug>/attendance/review/
GET    -      in    403   403   yes   403   403   yes   /desk/live-sessions/<slug>/attendance/review/totals
GET    -      in    403   403   yes   yes   403   yes   /desk/live-sessions/<slug>/attendance/roll/
GET    draft  in    403   403   yes   404   403   yes   /desk/live-sessions/<slug>/attendance/roll/
POST   -      in    403   403   yes   yes   403   yes   /desk/live-sessions/<slug>/attendance/roll/
POST   draft  in    403   403   yes   404   403   yes   /desk/live-sessions/<slug>/attendance/roll/
POST   -      in    403   403   yes   yes   403   yes   /desk/live-sessions/<slug>/attendance/roll/marks
POST   draft  in    403   403   yes   404   403   yes   /desk/live-sessions/<slug>/attendance/roll/marks
GET    -      in    403   403   yes   yes   403   yes   /desk/live-sessions/<slug>/attendance/roll/keeper.js
GET    draft  in    403   403   yes   404   403   yes   /desk/live-sessions/<slug>/attendance/roll/keeper.js
GET    -      in    403   403   yes   yes   403   yes   /desk/live-sessions/<slug>/attendance/roll/rows
GET    draft  in    403   403   yes   404   403   yes   /desk/live-sessions/<slug>/attendance/roll/rows
GET    -      in    403   403   yes   yes   403   yes   /desk/live-sessions/<slug>/attendance/roll/totals
GET    draft  in    403   403   yes   404   403   yes   /desk/live-sessions/<slug>/attendance/roll/totals
GET    -      in    403   403   yes   yes   403   yes   /desk/live-sessions/<slug>/attendance/roll/walk-in
GET    draft  in    403   403   yes   404   403   yes   /desk/live-sessions/<slug>/attendance/roll/walk-in
POST   -      in    403   403   yes   yes   403   yes   /desk/live-sessions/<slug>/attendance/roll/walk-in
POST   draft  in    403   403   yes   404   403   yes   /desk/live-sessions/<slug>/attendance/roll/walk-in
GET    -      in    403   403   yes   403   403   yes   /desk/live-sessions/<slug>/cancel
POST   -      in    403   403   yes   403   403   yes   /desk/live-sessions/<slug>/cancel
GET    -      in    403   403   yes   403   403   yes   /desk/live-sessions/<slug>/edit
POST   -      in    403   403   yes   403   403   yes   /desk/live-sessions/<slug>/edit
GET    -      in    403   403   yes   yes   403   yes   /desk/live-sessions/<slug>/listening-points/
GET    draft  in    403   403   yes   404   403   yes   /desk/live-sessions/<slug>/listening-points/
GET    -      in    403   403   yes   403   403   yes   /desk/live-sessions/<slug>/listening-points/new
POST   -      in    403   403   yes   403   403   yes   /desk/live-sessions/<slug>/listening-points/new
POST   -      in    403   403   yes   403   403   yes   /desk/live-sessions/<slug>/places/<int:place_id>
POST   draft  in    403   403   404   403   403   404   /desk/live-sessions/<slug>/places/<int:place_id>
GET    -      in    403   403   403   403   403   yes   /desk/log
GET    -      in    403   403   yes   yes   403   yes   /desk/messages/
GET    -      in    403   403   yes   404   403   yes   /desk/messages/<int:message_id>
GET    Nepal  in    403   403   yes   yes   403   yes   /desk/messages/<int:message_id>
POST   -      in    403   403   yes   403   403   yes   /desk/messages/<int:message_id>/resend
POST   -      in    403   403   yes   403   403   yes   /desk/messages/<int:message_id>/stop
GET    -      in    403   403   yes   403   403   yes   /desk/objections/
GET    -      in    403   403   yes   403   403   yes   /desk/objections/<int:objection_id>/
POST   -      in    403   403   yes   403   403   yes   /desk/objections/<int:objection_id>/answer
POST   -      in    403   403   yes   403   403   yes   /desk/objections/<int:objection_id>/undo
POST   -      in    403   403   yes   403   403   yes   /desk/offered-files/<int:offered_id>/answers
POST   -      in    403   403   yes   403   403   yes   /desk/offered-files/<int:offered_id>/discard
GET    -      in    403   403   yes   yes   403   yes   /desk/people/
GET    -      in    403   403   yes   404   403   yes   /desk/people/<int:person_id>
GET    Nepal  in    403   403   yes   yes   403   yes   /desk/people/<int:person_id>
POST   -      in    403   403   403   404   403   yes   /desk/people/<int:person_id>/disable
POST   Nepal  in    403   403   403   403   403   yes   /desk/people/<int:person_id>/disable
POST   -      in    403   403   403   404   403   yes   /desk/people/<int:person_id>/enable
POST   Nepal  in    403   403   403   403   403   yes   /desk/people/<int:person_id>/enable
POST   -      in    403   403   403   404   403   yes   /desk/people/<int:person_id>/end-sign-ins
POST   Nepal  in    403   403   403   403   403   yes   /desk/people/<int:person_id>/end-sign-ins
POST   -      in    403   403   403   404   403   yes   /desk/people/<int:person_id>/second-factor-removal
POST   Nepal  in    403   403   403   403   403   yes   /desk/people/<int:person_id>/second-factor-removal
GET    -      in    403   403   yes   403   403   yes   /desk/recomputes/<int:recompute_id>/
GET    -      in    403   403   403   403   403   yes   /desk/roles/
POST   -      in    403   403   403   403   403   yes   /desk/roles/
POST   -      in    403   403   403   403   403   yes   /desk/roles/<int:grant_id>/removal
GET    -      in    403   403   yes   yes   403   yes   /desk/series/
GET    -      in    403   403   yes   yes   403   yes   /desk/series/<slug>/
GET    draft  in    403   403   yes   404   403   yes   /desk/series/<slug>/
GET    -      in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/
GET    draft  in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/
POST   -      in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/
POST   draft  in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/
GET    -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>
GET    Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>
GET    -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/confirm
GET    Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/confirm
POST   -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/confirm
POST   Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/confirm
POST   -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/discard
POST   Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/discard
GET    -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/preview
GET    Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/preview
GET    -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/preview/html
GET    Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/preview/html
GET    -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/recipients
GET    Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/recipients
POST   -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/resume
POST   Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/resume
POST   -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/stop
POST   Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/stop
GET    -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/text/<language>
GET    Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/text/<language>
POST   -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/text/<language>
POST   Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/text/<language>
POST   -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/text/<language>/removal
POST   Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/text/<language>/removal
POST   -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/trial
POST   Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/trial
GET    -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/when
GET    Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/when
POST   -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/when
POST   Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/when
GET    -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/who
GET    Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/who
POST   -      in    403   403   yes   404   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/who
POST   Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/announcements/<int:announcement_id>/who
GET    -      in    403   403   yes   403   403   yes   /desk/series/<slug>/attendance/import
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/attendance/import
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/attendance/import/run
GET    -      in    403   403   yes   yes   403   yes   /desk/series/<slug>/attendance.<kind>
GET    draft  in    403   403   yes   404   403   yes   /desk/series/<slug>/attendance.<kind>
GET    -      in    403   403   yes   yes   403   yes   /desk/series/<slug>/attendance/
GET    draft  in    403   403   yes   404   403   yes   /desk/series/<slug>/attendance/
GET    -      in    403   403   yes   404   403   yes   /desk/series/<slug>/attendance/<int:person_id>/
GET    Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/attendance/<int:person_id>/
GET    draft  in    403   403   404   404   403   404   /desk/series/<slug>/attendance/<int:person_id>/
GET    -      in    403   403   yes   404   403   yes   /desk/series/<slug>/attendance/<int:person_id>/<int:number>/
GET    Nepal  in    403   403   yes   yes   403   yes   /desk/series/<slug>/attendance/<int:person_id>/<int:number>/
GET    draft  in    403   403   404   404   403   404   /desk/series/<slug>/attendance/<int:person_id>/<int:number>/
GET    -      in    403   403   yes   403   403   yes   /desk/series/<slug>/cancel
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/cancel
GET    -      in    403   403   yes   403   403   yes   /desk/series/<slug>/edit
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/edit
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/publication
GET    -      in    403   403   yes   yes   403   yes   /desk/series/<slug>/registrants.<kind>
GET    draft  in    403   403   yes   404   403   yes   /desk/series/<slug>/registrants.<kind>
GET    -      in    403   403   yes   yes   403   yes   /desk/series/<slug>/registrants/
GET    draft  in    403   403   yes   404   403   yes   /desk/series/<slug>/registrants/
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/registrants/<int:registration_id>/link
POST   draft  in    403   403   404   403   403   404   /desk/series/<slug>/registrants/<int:registration_id>/link
GET    -      in    403   403   yes   yes   403   yes   /desk/series/<slug>/reminders/
GET    draft  in    403   403   yes   404   403   yes   /desk/series/<slug>/reminders/
GET    -      in    403   403   yes   yes   403   yes   /desk/series/<slug>/reminders/<plan>/preview
GET    draft  in    403   403   yes   404   403   yes   /desk/series/<slug>/reminders/<plan>/preview
GET    -      in    403   403   yes   yes   403   yes   /desk/series/<slug>/reminders/<plan>/preview/html
GET    draft  in    403   403   yes   404   403   yes   /desk/series/<slug>/reminders/<plan>/preview/html
GET    -      in    403   403   yes   yes   403   yes   /desk/series/<slug>/reminders/<plan>/readers
GET    draft  in    403   403   yes   404   403   yes   /desk/series/<slug>/reminders/<plan>/readers
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/reminders/<plan>/switch
GET    -      in    403   403   yes   403   403   yes   /desk/series/<slug>/reminders/<plan>/text/<language>
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/reminders/<plan>/text/<language>
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/reminders/<plan>/text/<language>/built-in
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/reminders/<plan>/trial
GET    -      in    403   403   yes   403   403   yes   /desk/series/<slug>/registrations/import
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/registrations/import
GET    -      in    403   403   yes   403   403   yes   /desk/series/<slug>/registrations/imports/<int:import_id>/
GET    draft  in    403   403   404   403   403   404   /desk/series/<slug>/registrations/imports/<int:import_id>/
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/registrations/imports/<int:import_id>/columns
POST   draft  in    403   403   404   403   403   404   /desk/series/<slug>/registrations/imports/<int:import_id>/columns
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/registrations/imports/<int:import_id>/discard
POST   draft  in    403   403   404   403   403   404   /desk/series/<slug>/registrations/imports/<int:import_id>/discard
GET    -      in    403   403   yes   403   403   yes   /desk/series/<slug>/registrations/imports/<int:import_id>/refused.csv
GET    draft  in    403   403   404   403   403   404   /desk/series/<slug>/registrations/imports/<int:import_id>/refused.csv
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/registrations/imports/<int:import_id>/run
POST   draft  in    403   403   404   403   403   404   /desk/series/<slug>/registrations/imports/<int:import_id>/run
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/recompute
GET    -      in    403   403   yes   403   403   yes   /desk/series/<slug>/rules
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/rules
GET    -      in    403   403   yes   403   403   yes   /desk/series/<slug>/rules/preview
GET    -      in    403   403   yes   403   403   yes   /desk/series/<slug>/retention
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/retention
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/retention/later
GET    -      in    403   403   yes   403   403   yes   /desk/series/<slug>/weeks
POST   -      in    403   403   yes   403   403   yes   /desk/series/<slug>/weeks
GET    -      in    403   403   yes   403   403   yes   /desk/series/new
POST   -      in    403   403   yes   403   403   yes   /desk/series/new
GET    -      in    403   403   yes   403   403   yes   /desk/tokens/
POST   -      in    403   403   yes   403   403   yes   /desk/tokens/
POST   -      in    403   403   yes   403   403   yes   /desk/tokens/<int:token_id>/revocation
POST   others in    403   403   404   403   403   yes   /desk/tokens/<int:token_id>/revocation
GET    -      yes   yes   yes   yes   yes   yes   yes   /dev/mail
GET    -      yes   yes   yes   yes   yes   yes   yes   /dev/mail/<int:message_id>
GET    -      yes   yes   yes   yes   yes   yes   yes   /dev/mail/<int:message_id>/html
GET    -      yes   yes   yes   yes   yes   yes   yes   /figures/<slug>/
GET    draft  404   404   404   yes   404   404   yes   /figures/<slug>/
GET    -      yes   yes   yes   yes   yes   yes   yes   /figures/<slug>/figures.<kind>
GET    draft  404   404   404   yes   404   404   yes   /figures/<slug>/figures.<kind>
GET    -      yes   yes   yes   yes   yes   yes   yes   /healthz
GET    -      404   404   404   404   404   404   404   /j/<token>
GET    own    yes   yes   yes   yes   yes   yes   yes   /j/<token>
POST   -      404   404   404   404   404   404   404   /j/<token>
POST   own    yes   yes   yes   yes   yes   yes   yes   /j/<token>
GET    -      404   404   404   404   404   404   404   /j/<token>/card
GET    own    yes   yes   yes   yes   yes   yes   yes   /j/<token>/card
POST   -      yes   yes   yes   yes   yes   yes   yes   /language
GET    -      in    yes   404   404   404   404   404   /listening-points/<slug>/
GET    draft  in    404   404   404   404   404   404   /listening-points/<slug>/
POST   -      in    yes   404   404   404   404   404   /listening-points/<slug>/
POST   -      in    yes   404   404   404   404   404   /listening-points/<slug>/withdrawal
POST   -      in    yes   404   404   404   404   404   /listening-points/<slug>/withdrawal/undo
GET    -      404   404   404   404   404   404   404   /listening-points/link/<token>/<slug>/
GET    own    yes   yes   yes   yes   yes   yes   yes   /listening-points/link/<token>/<slug>/
POST   -      404   404   404   404   404   404   404   /listening-points/link/<token>/<slug>/
POST   own    yes   yes   yes   yes   yes   yes   yes   /listening-points/link/<token>/<slug>/
POST   -      404   404   404   404   404   404   404   /listening-points/link/<token>/<slug>/withdrawal
POST   own    yes   yes   yes   yes   yes   yes   yes   /listening-points/link/<token>/<slug>/withdrawal
POST   -      404   404   404   404   404   404   404   /listening-points/link/<token>/<slug>/withdrawal/undo
POST   own    yes   yes   yes   yes   yes   yes   yes   /listening-points/link/<token>/<slug>/withdrawal/undo
GET    -      yes   yes   yes   yes   yes   yes   yes   /live-sessions/<slug>/
GET    draft  404   404   404   yes   404   404   yes   /live-sessions/<slug>/
POST   -      in    yes   404   404   404   404   404   /live-sessions/<slug>/place
POST   draft  in    404   404   404   404   404   404   /live-sessions/<slug>/place
POST   -      404   404   404   404   404   404   404   /hooks/mail
GET    -      in    yes   yes   yes   yes   yes   yes   /mail/
POST   -      in    yes   yes   yes   yes   yes   yes   /mail/
GET    -      404   404   404   404   404   404   404   /mail/<token>
GET    own    yes   yes   yes   yes   yes   yes   yes   /mail/<token>
POST   -      404   404   404   404   404   404   404   /mail/<token>
POST   own    yes   yes   yes   yes   yes   yes   yes   /mail/<token>
GET    -      404   404   404   404   404   404   404   /mail/<token>/no-<group>
GET    own    yes   yes   yes   yes   yes   yes   yes   /mail/<token>/no-<group>
POST   -      404   404   404   404   404   404   404   /mail/<token>/no-<group>
POST   own    yes   yes   yes   yes   yes   yes   yes   /mail/<token>/no-<group>
GET    -      yes   yes   yes   yes   yes   yes   yes   /metrics
POST   -      in    yes   yes   yes   yes   yes   yes   /my/calendar
GET    -      in    yes   yes   yes   yes   yes   yes   /my/live-sessions/
GET    -      yes   yes   yes   yes   yes   yes   yes   /privacy
GET    -      yes   yes   yes   yes   yes   yes   yes   /readyz
GET    -      yes   yes   yes   yes   yes   yes   yes   /reset-password
POST   -      yes   yes   yes   yes   yes   yes   yes   /reset-password
GET    -      yes   yes   yes   yes   yes   yes   yes   /reset-password/<token>
POST   -      yes   yes   yes   yes   yes   yes   yes   /reset-password/<token>
GET    -      yes   yes   yes   yes   yes   yes   yes   /series/
GET    -      yes   yes   yes   yes   yes   yes   yes   /series/<slug>/
GET    draft  404   404   404   yes   404   404   yes   /series/<slug>/
GET    -      in    yes   yes   yes   yes   yes   yes   /series/<slug>/leave
GET    draft  in    404   404   yes   404   404   yes   /series/<slug>/leave
POST   -      in    yes   yes   yes   yes   yes   yes   /series/<slug>/leave
POST   draft  in    404   404   yes   404   404   yes   /series/<slug>/leave
GET    -      in    yes   404   404   404   404   404   /series/<slug>/link
POST   -      in    yes   404   404   404   404   404   /series/<slug>/link
GET    -      in    yes   yes   yes   yes   yes   yes   /series/<slug>/register
GET    draft  in    404   404   yes   404   404   yes   /series/<slug>/register
POST   -      in    yes   yes   yes   yes   yes   yes   /series/<slug>/register
POST   draft  in    404   404   yes   404   404   yes   /series/<slug>/register
POST   -      in    yes   yes   yes   yes   yes   yes   /series/<slug>/reminders
POST   draft  in    404   404   yes   404   404   yes   /series/<slug>/reminders
GET    -      yes   yes   yes   yes   yes   yes   yes   /sign-in
POST   -      yes   yes   yes   yes   yes   yes   yes   /sign-in
GET    -      yes   yes   yes   yes   yes   yes   yes   /sign-in/link
POST   -      yes   yes   yes   yes   yes   yes   yes   /sign-in/link
GET    -      yes   yes   yes   yes   yes   yes   yes   /sign-in/link/<token>
POST   -      yes   yes   yes   yes   yes   yes   yes   /sign-in/link/<token>
GET    -      yes   yes   yes   yes   yes   yes   yes   /sign-in/mail-sent
GET    -      in    in    in    in    in    in    in    /sign-in/second-factor
POST   -      in    in    in    in    in    in    in    /sign-in/second-factor
POST   -      yes   yes   yes   yes   yes   yes   yes   /sign-out
GET    -      yes   yes   yes   yes   yes   yes   yes   /sign-up
POST   -      yes   yes   yes   yes   yes   yes   yes   /sign-up
GET    -      yes   yes   yes   yes   yes   yes   yes   /static/<path:filename>
GET    -      yes   yes   yes   yes   yes   yes   yes   /verify-address/<token>
POST   -      yes   yes   yes   yes   yes   yes   yes   /verify-address/<token>
"""


@dataclass(frozen=True)
class Line:
    """One address and its verdicts for the seven roles, in the order of scene.ROLES."""

    method: str
    case: str
    verdicts: tuple[str, ...]
    rule: str

    @property
    def chapter(self) -> str:
        """The first words of the address: the lines that one test tries together."""
        words = self.rule.split("/")
        return "/".join(words[1:3] if words[1] in {"desk", "api"} else words[1:2]) or "home"

    def __str__(self) -> str:
        """Say the line as a failed test shows it."""
        return f"{self.method} {self.rule} {self.case}".strip()


def _read(line: str) -> Line:
    method, case, *verdicts, rule = line.split()
    return Line(method, case.replace("-", ""), tuple(verdicts), rule)


_ROWS = [row for part in (TABLE, COMMUNITY, LEARNING) for row in part.strip().splitlines()]
LINES = [_read(line) for line in _ROWS if not line.startswith("#")]
CHAPTERS = sorted({line.chapter for line in LINES})
