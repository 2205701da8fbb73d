"""Celery's edge of discussions: how posts are told and found, and the week's selection."""

from celery import shared_task

from academy.discussion.service import finding, selecting, telling


@shared_task(name="post.tell")
def tell_posts() -> None:
    """Tell those who follow, are called or answered of posts that everybody sees."""
    telling.tell_posts()


@shared_task(name="post.find")
def find_posts() -> None:
    """Tell the search of posts that were written, edited or taken away."""
    finding.find_posts()


@shared_task(name="post.forget_words")
def forget_words() -> None:
    """Forget words that stand in nothing any more."""
    finding.forget_words()


@shared_task(name="selection.publish")
def publish_selection() -> None:
    """Give the selection of a week that is over its page, and hand it to who asked for it."""
    selecting.publish_closed()
