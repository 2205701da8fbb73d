"""The two queues and which job goes where: nobody's sign-in mail waits behind an import."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue, and what a worker that serves it may take."""

    name: str
    #: A job that takes longer is interrupted, and tidies up; seconds.
    soft_limit: int
    #: One that does not even end then is ended with its process; seconds.
    hard_limit: int
    #: Jobs at once of one `academy worker`.
    slots: int
    #: Jobs at once on one machine, where they are threads of one process.
    threads: int

    @property
    def visibility(self) -> int:
        """Seconds after which an unfinished job is somebody else's: never while it may still run.

        Redis gives back by this alone what a worker that was killed had in hand.
        """
        return self.hard_limit + 60


#: What somebody waits for: mail, and looks at the clock that end within a moment.
URGENT = Queue("urgent", soft_limit=180, hard_limit=240, slots=8, threads=3)
#: What takes its time: files, whole series, people whose time is over.
SLOW = Queue("slow", soft_limit=900, hard_limit=1200, slots=2, threads=1)

QUEUES = {queue.name: queue for queue in (URGENT, SLOW)}

#: Every job of the academy; a test compares them with the tasks that there are.
QUEUE_OF: dict[str, Queue] = {
    "worker.leave_sign": URGENT,
    "message.deliver": URGENT,
    "message.sweep": URGENT,
    "reminder.plan": URGENT,
    "follow_up.plan": URGENT,
    "notice.gather": URGENT,
    "objection.tell": URGENT,
    "selection.publish": URGENT,
    "listening_point.sweep": URGENT,
    "post.tell": URGENT,
    "post.find": URGENT,
    # These sweeps do the work that they find, so they belong to the slow ones.
    "attendance_import.run": SLOW,
    "attendance_import.sweep": SLOW,
    "attendance_offer.recognise": SLOW,
    "attendance_offer.sweep": SLOW,
    "recompute.run": SLOW,
    "recompute.sweep": SLOW,
    "registration_import.run": SLOW,
    "registration_import.sweep": SLOW,
    "notice.forget": SLOW,
    "sign_in.forget": SLOW,
    "job.forget": SLOW,
    "picture.sweep": SLOW,
    "course.complete": SLOW,
    "privacy.run": SLOW,
    "post.forget_words": SLOW,
}


def queue_of(job: str) -> Queue:
    """Return the queue of a job; one that nobody placed keeps out of the urgent ones' way."""
    return QUEUE_OF.get(job, SLOW)
