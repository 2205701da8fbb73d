"""Words by which a ticket shop says that a row is no registration, or none yet."""

from academy.programme.formats.headings import level

_TAKEN_BACK = """cancelled|canceled|cancelled by attendee|not attending|not going|no|declined|denied
    |rejected|refunded|deleted|withdrawn|transferred|expired|cancelado|cancelada|annulé|annulée
    |storniert|dibatalkan|abgelehnt|rechazado|refusé|ditolak|已取消|キャンセル|취소|已拒绝|đã hủy"""
_NOT_YET = """pending|pending approval|pending_approval|waitlist|waitlisted|waiting list|invited
    |awaiting approval|in review|unpaid|incomplete|draft|maybe|interested|pendiente|en attente
    |menunggu|待审批|待审核|保留中|대기"""

TAKEN_BACK = frozenset(level(word) for word in _TAKEN_BACK.split("|"))
NOT_YET = frozenset(level(word) for word in _NOT_YET.split("|"))


def why_no_registration(status: str) -> str | None:
    """Return the sentence for a row that is cancelled or not approved, None for one that counts."""
    word = level(status)
    if word in TAKEN_BACK:
        return f"The row is marked “{status.strip()}”: this is no registration."
    if word in NOT_YET:
        return f"The row is marked “{status.strip()}”: this is no registration yet."
    return None
