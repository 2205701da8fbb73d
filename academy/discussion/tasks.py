"""Celery's edge of discussions: the jobs by which posts are found."""

from celery import shared_task

from academy.discussion.service import finding


@shared_task(name="post.find")
def find_posts() -> None:
    """Tell the search of posts that were written, edited or taken away."""
    finding.find_posts()


@shared_task(name="post.forget_words")
def forget_words() -> None:
    """Forget words that stand in nothing any more."""
    finding.forget_words()
