"""What moderators decide and why: keys, the same in tables, pages and the yearly figures."""

#: What a reader flags a post for.
FLAGS = ("spam", "harm", "wrong", "private", "other")
#: Why a post waits without anybody having flagged it.
HOLDS = ("first_posts", "links", "words", "person", "again")
#: What can become of a post.
POST_ACTIONS = ("approve", "hide", "remove")
#: What can become of a person; warn and hold have no end of their own.
PERSON_ACTIONS = ("warn", "hold", "silence", "suspend")
#: Those that keep somebody from writing freely, the hardest last.
KEEPING = ("hold", "silence", "suspend")
#: What can become of a thread.
THREAD_ACTIONS = ("lock", "unlock", "slow", "pin", "unpin", "hide_thread", "show_thread")
#: What changes where posts stand, or what they say; each has a page of its own.
REARRANGING = ("move", "split", "merge", "edit")
ACTIONS = POST_ACTIONS + PERSON_ACTIONS + THREAD_ACTIONS + REARRANGING
#: Those that say something against somebody: they count against trust, and one can appeal.
AGAINST = ("hide", "remove", *PERSON_ACTIONS)
#: What stays as it is whoever regrets it: words that are gone, a word that was said.
FINAL = ("remove", "warn")
