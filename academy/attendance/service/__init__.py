"""Use cases of attendance: importing a file, undoing it, matching, and computing who came."""

from academy.attendance.service.deciding import (
    ChangedMeanwhile,
    Standing,
    UnknownPerson,
    UnknownReason,
    create_and_decide,
    decide,
    exclude,
    find_standing,
    undo_decision,
)
from academy.attendance.service.first_hand import (
    AlreadyWithdrawn,
    record_opened_door,
    record_presence,
    withdraw_evidence,
)
from academy.attendance.service.importing import (
    FileDoesNotFit,
    ImportReport,
    begin_import,
    import_attendance,
    run_import,
    sweep_imports,
)
from academy.attendance.service.matching import (
    match_again,
    match_identities,
    match_series_again,
)
from academy.attendance.service.offering import (
    LARGE_BYTES,
    Offer,
    answer,
    discard,
    find_standing_import,
    import_offered,
    offer_file,
    sweep_offers,
)
from academy.attendance.service.points import (
    Actor,
    HostHasPoint,
    NotTheirs,
    PointChanged,
    PointsClosed,
    change_point,
    name_device,
    open_point,
    return_point,
    withdraw_point,
)
from academy.attendance.service.presence import compute_attendance
from academy.attendance.service.recognising import recognise
from academy.attendance.service.undoing import NothingToUndo, undo_import

__all__ = [
    "LARGE_BYTES",
    "Actor",
    "AlreadyWithdrawn",
    "ChangedMeanwhile",
    "FileDoesNotFit",
    "HostHasPoint",
    "ImportReport",
    "NotTheirs",
    "NothingToUndo",
    "Offer",
    "PointChanged",
    "PointsClosed",
    "Standing",
    "UnknownPerson",
    "UnknownReason",
    "answer",
    "begin_import",
    "change_point",
    "compute_attendance",
    "create_and_decide",
    "decide",
    "discard",
    "exclude",
    "find_standing",
    "find_standing_import",
    "import_attendance",
    "import_offered",
    "match_again",
    "match_identities",
    "match_series_again",
    "name_device",
    "offer_file",
    "open_point",
    "recognise",
    "record_opened_door",
    "record_presence",
    "return_point",
    "run_import",
    "sweep_imports",
    "sweep_offers",
    "undo_decision",
    "undo_import",
    "withdraw_evidence",
    "withdraw_point",
]
