"""Discussion: threads and posts on a case, a field of a case, a live session or a topic."""
