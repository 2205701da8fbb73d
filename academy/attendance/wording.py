"""The words for states, reasons and rules of attendance, for its pages."""

from flask_babel import lazy_gettext as _

STATES = {
    "waiting": _("Waits for its turn"),
    "working": _("Is being read"),
    "done": _("Imported"),
    "refused": _("Refused"),
    "undone": _("Undone"),
    "replaced": _("Replaced by a corrected file"),
}
REASONS = {
    "host": _("a host of the live session"),
    "declared_host": _("a host, as the organiser said"),
    "panelist": _("a panelist"),
    "bot": _("a recording bot or note taker"),
    "waiting": _("only in the waiting room"),
    "collective": _("a row that stands for several people"),
}
RULES = {
    "external_id": _("by the identifier that the academy gave out"),
    "personal_link": _("by the personal link"),
    "email": _("by a known address"),
    "remembered": _("as decided in an earlier week"),
    "unique_name": _("by a name that nobody else bears"),
    "by_hand": _("by hand"),
    "first_hand": _("they came in as themselves"),
    "erased": _("of somebody who was erased since"),
}
#: Where evidence comes from.
SOURCES = {
    "file": _("A row of a file"),
    "link": _("Opened the door by the personal link"),
    "roll": _("Ticked on the roll"),
    "code": _("Entered the code shown in the room"),
    "self_report": _("Their own report, confirmed"),
    "listening_point": _("At a listening point"),
}
#: Why a human does not count somebody who was seen.
DISMISSALS = {
    "bot": _("A recording bot or note taker"),
    "second_device": _("The second device of somebody who is counted"),
    "host_device": _("The second device of a host"),
    "listening_point": _("The device of a listening point, where several people listened"),
    "staff": _("Staff of the academy"),
    "other": _("Another reason"),
}
#: What speaks for a person whom an identity may be, and what against.
CLUES = {
    "same_name": _("the same name"),
    "similar_name": _("a similar name"),
    "same_without": _("without “%(words)s” the name is the same"),
    "similar_without": _("a similar name, without “%(words)s”"),
    "left_out": _("“%(words)s” left out, as a word of address"),
    "other_spelling": _("the same name in another spelling"),
    "same_joined": _("the same name, written in one word"),
    "one_of_several": _("one of the names shown is theirs"),
    "other_script": _("the same name in another script"),
    "alike_in_sound": _("in another script it sounds alike"),
    "part_of_the_name": _("the name shown is one of theirs"),
    "their_only_name": _("more names are shown than they gave"),
    "initials_agree": _("the initials are theirs"),
    "part_of_a_word": _("the name shown is only a part of theirs"),
    "a_little_alike": _("the names are only a little alike"),
    "original_name": _("by the original name in brackets"),
    "known_identifier": _("the identifier that the academy gave out"),
    "email_of_this_person": _("it came with this person’s address"),
    "unverified_email": _("gave this address, which nobody has proved"),
    "shared_email": _("the address is theirs and somebody else’s too"),
    "unclear_link": _("opened a personal link at that moment"),
    "still_missing": _("registered, and missing on that day so far"),
    "noted_there": _("noted as present, and in no list yet"),
    "other_title": _("another title"),
    "one_word_name": _("the name shown is one word only"),
    "name_of_a_device": _("the name shown is that of a device"),
    "several_people_of_this_name": _("several people bear this name"),
    "name_shown_twice": _("the name was shown by two on that day"),
    "email_of_another_person": _("the address is another person’s"),
    "name_of_another_person": _("the name is another person’s"),
    "not_registered": _("not registered for this series"),
    "already_there": _("there already"),
    "taken_back": _("this was decided before and taken back"),
}
#: What somebody on the roll said before: of a place, or that there is no registration.
PLACES = {
    "waiting": _("on the waiting list"),
    "not_going": _("said no"),
    "walked_in": _("walked in, not registered"),
}
#: What evidence is, told to the person whom it is about.
OWN_SOURCES = {
    "file": _("The list that the room gave of who was there"),
    "link": _("You opened your link to the room"),
    "roll": _("You were ticked on the roll"),
    "code": _("You entered the code that was shown in the room"),
    "self_report": _("You told us, and an organiser agreed"),
    "listening_point": _("You were entered at a listening point"),
}
#: By what a row of a list is known to be theirs.
OWN_RULES = {
    "external_id": _("it had the number that we gave you"),
    "personal_link": _("it came just after you opened your link"),
    "email": _("it had your address"),
    "remembered": _("an organiser knew you by it from an earlier week"),
    "unique_name": _("it had your name"),
    "by_hand": _("an organiser recognised you"),
}
#: What somebody may say of their own attendance, to themselves and on the desk.
OBJECTIONS = {
    "was_there": _("I was there"),
    "stayed_longer": _("I stayed longer"),
    "not_me": _("This was not me"),
    "other": _("Something else"),
}
WAYS = {
    "own_device": _("On a device of my own"),
    "with_others": _("Together with others, on one device"),
    "by_phone": _("By telephone"),
}
ANSWERS = {
    "open": _("Waits for an answer"),
    "confirmed": _("Agreed"),
    "declined": _("Not agreed"),
    "withdrawn": _("Taken back"),
}
#: Where somebody stands in a live session, said so that it accuses nobody.
STATUSES = {
    "came": _("You came"),
    "door": _("You opened the door; we have nothing that shows that you were in the room"),
    "short": _("We saw you, but not long enough in the time that counts"),
    "unseen": _("We have nothing that shows that you were there"),
    "unknown": _("Nobody has told us yet who came"),
}
