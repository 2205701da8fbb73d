"""Which tables retention empties and which it keeps: a new table must stand in one of the two."""

#: What is left of each table once nobody of the academy but staff and one learner is anybody's.
FORGOTTEN = {
    "attendance_imports", "attendances", "evidence", "identities", "listening_point_entries",
    "listening_points", "matches", "objections", "offered_files", "places", "registration_imports",
    "registrations", "sayings", "uploaded_files",
}  # fmt: skip
#: Tables of the series that name nobody, and those of people who have an account of their own.
KEPT = {
    "series", "live_sessions", "tallies", "rule_changes", "recomputes", "persons",
    "email_addresses", "role_grants", "consents", "sign_ins", "one_time_tokens", "recovery_codes",
    "api_tokens", "messages", "mail_choices", "audit_entries", "attempts",
    "reminders_switched_off", "follow_ups_switched_on", "reminder_texts",
    "announcements", "announcement_texts",
    # News to staff: what is about somebody forgotten never leaves (its gate), and loses its words.
    "notices",
    # Runs of the timetable: names of tasks, no people.
    "job_runs",
    # Cases are of communities; what people write in threads is theirs until they take it away.
    "case_studies", "case_facets", "case_versions", "search_documents", "search_vocabulary",
    "case_pictures",
    "case_sections", "case_writers", "case_submissions", "case_comments", "case_withdrawals",
    "threads", "posts", "post_versions", "reactions", "mentions", "thread_readings",
    "rearrangements", "post_forwards",
    # What is taken out of posts goes with the words of who quotes, and of who is quoted.
    "quotes", "withheld_quotes",
    # What moderators decided; whoever erases their account is in none of it.
    "moderation_waiting", "flags", "moderation_decisions", "appeals", "watched_words",
    "moderation_reasons", "moderation_reason_versions", "moderation_claims", "moderation_notes",
    # What moderators and librarians chose and wrote about it; without a name once they leave.
    "thread_summaries", "featured_cases", "selections", "selection_items",
    # Courses, and what somebody who has an account did with them.
    "courses", "lessons", "lesson_texts", "quiz_questions", "course_files", "lesson_studies",
    "quiz_attempts", "course_completions", "lesson_links", "reflections",
    "former_lesson_addresses",
    # Of the academy's courses; without a name once whoever edited them leaves.
    "course_file_versions", "course_drafts",
    # Who facilitates a series has an account; a letter names nobody, its messages are forgotten.
    "facilitators", "course_letters",
}  # fmt: skip
