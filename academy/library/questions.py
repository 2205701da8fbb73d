"""What the form asks of whoever writes a case: each field in plain words, with an example."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class Words:
    """A question: its label, what to write, and an example of somebody else's answer."""

    label: Any
    hint: Any = ""
    example: Any = ""


STEPS: dict[str, Any] = {
    "about": _("What it is"),
    "place": _("Where, and with whom"),
    "need": _("The need, and what is done"),
    "sharing": _("How it was shared"),
    "sources": _("Where the facts come from"),
    "results": _("What came of it"),
    "lessons": _("What was learned"),
    "dimensions": _("The five dimensions"),
    "features": _("The seven features"),
    "goals": _("Goals and kinds of practice"),
    "pictures": _("Pictures"),
    "check": _("Look it over"),
}
LEADS: dict[str, Any] = {
    "about": _("The card by which others find your case. You can change all of it later."),
    "place": _("Name each place as the people there do."),
    "need": _(
        "What people lacked, and how they went about it: so that somebody far away could try."
    ),
    "sharing": _("Who learned it from whom. Leave it empty if nobody has, or if you do not know."),
    "sources": _(
        "Every figure names who says so. A talk with the people themselves is a source, too."
    ),
    "results": _("Figures, with the year and the source. What you do not know stays empty."),
    "lessons": _("What you would tell somebody who begins, one lesson a box."),
    "dimensions": _(
        "Evidence for each dimension of the framework: a fact, not a promise. What you leave empty "
        "becomes a question to the community."
    ),
    "features": _(
        "Seven signs of a good practice. Leave one empty if you do not know. Tick the box only if "
        "you looked through your sources, and they show nothing of it: the page then says so, and "
        "asks nobody."
    ),
    "goals": _("By these others narrow the library."),
    "pictures": _("Pictures with words for those who do not see them."),
}
_COMMUNITY = _("Markdown works: *emphasis*, **strong**, lists with a hyphen.")
ASKED: dict[str, Words] = {
    "title": Words(
        _("Title"),
        _("What is done, in a few words; no slogan."),
        _("Women’s seaweed lines of Bohol"),
    ),
    "language": Words(_("Language"), _("In which you write this case.")),
    "kind": Words(
        _("How it was shared"),
        _("Who learned from whom. A study explains; nobody had to learn it from anybody."),
    ),
    "summary": Words(
        _("In one or two sentences"),
        _("Who does what, where, and what for: up to 500 letters."),
        _("Forty women farm seaweed on lines that they own together, and sell together."),
    ),
    "people_served": Words(
        _("People it serves"),
        _("Whom it serves and how many they are, if somebody counted."),
        _("210 households of three villages, a third of them headed by women"),
    ),
    "places": Words(_("Places"), _("The first one stands on the card.")),
    "organisation": Words(_("Who runs it"), _("The group or organisation itself.")),
    "partners": Words(_("Partners"), _("Others who take part, and what each of them does.")),
    "demands": Words(_("What people needed"), _("Choose up to six.")),
    "demand": Words(
        _("The need in words"),
        _("What was missing when they began, and for whom."),
        _("Traders set the price at the beach, and nobody lent money for lines."),
    ),
    "approach": Words(
        _("How it is done"),
        _("Step by step, so that somebody could try it. Who decides, who pays, what comes when?"),
        _("Ten households form a line. Each buys a share, and they plant and harvest in turns …"),
    ),
    "technology": Words(
        _("Tools and techniques"),
        _("What it takes to do it, as plainly as you can."),
        _("Nylon ropes of 50 m, a bamboo raft, a drying rack of old nets"),
    ),
    "innovation": Words(
        _("What is new in it"), _("What works better than what people did before.")
    ),
    "shared_across_borders": Words(
        _("Across borders"),
        _("Who in another country learned from it, or taught it, and how."),
        _("In 2019 six farmers came from Sabah for two weeks, and began three lines at home."),
    ),
    "shared_within_country": Words(_("Within the country"), _("Who else took it up, and how.")),
    "sources": Words(
        _("Sources"), _("A report, a film, an interview, your own notes: with the year.")
    ),
    "results": Words(
        _("Results"),
        _("One outcome a row. The number stands alone in its box: 1664918, not “1.6 million”."),
    ),
    "lessons": Words(
        _("Lessons"),
        _("One a box; the most useful first."),
        _("Begin with one line. The second group learned more from our mistakes than from us."),
    ),
    "dimensions.economy": Words(
        _("Economy"),
        _("What it changes in what people earn, own and owe."),
        _("Members keep 70 % of the price; before it was 40 %."),
    ),
    "dimensions.people": Words(
        _("People"),
        _("What it changes in how people live together: work, care, health, say."),
        _("Older women lead the lines; their daughters came back from the city."),
    ),
    "dimensions.planet": Words(
        _("Planet"),
        _("What it does to soil, water, air, plants and animals."),
        _("No new bamboo has been cut since 2021: old rafts are mended."),
    ),
    "dimensions.governance": Words(
        _("Responsible governance"),
        _("Who decides, how often, and to whom they answer."),
        _("One household, one vote, at the full moon; the books lie open."),
    ),
    "dimensions.values": Words(
        _("Edifying values"), _("Which values hold it together, and where one sees that.")
    ),
    "features.horizontal": Words(
        _("Partners on one level"), _("Do partners learn from one another as peers?")
    ),
    "features.triangular": Words(
        _("A partner from the North beside partners of the South"),
        _("Who is it, and what do they do?"),
    ),
    "features.innovation": Words(_("Something that works better"), _("What shows that it does?")),
    "features.adaptability": Words(
        _("Others can take it over"),
        _("Has anybody done it in another place? What did they change?"),
    ),
    "features.sustainability": Words(_("It lasts"), _("What keeps it going when a project ends?")),
    "features.inclusion": Words(
        _("Nobody is left out"), _("Who is in it that is usually left out?")
    ),
    "features.value_chains": Words(
        _("Chains from maker to buyer grow stronger"), _("How does it bind makers and buyers?")
    ),
    "goals": Words(
        _("Sustainable Development Goals"),
        _("Only those to which it contributes; few are better than all."),
    ),
    "toolkits": Words(_("Kind of practice"), _("Up to four; none if none fits.")),
    "pictures": Words(_("Pictures")),
    "": Words(_("The whole case")),
}
PARTS: dict[str, Words] = {
    "country": Words(_("Country")),
    "locality": Words(_("Village, town or region")),
    "name": Words(_("Name")),
    "role": Words(_("What they do in it")),
    "what": Words(_("What came of it")),
    "value": Words(_("Number")),
    "unit": Words(_("Unit"), _("households, kg, %")),
    "year": Words(_("Year")),
    "source": Words(_("Source that says so")),
    "title": Words(_("Title"), _("Of the report, the film; or “Talk with …”.")),
    "authors": Words(_("Who wrote or said it")),
    "publisher": Words(_("Published by")),
    "part": Words(_("Page or chapter")),
    "address": Words(_("Web address"), _("It begins with https://")),
    "text": Words(_("Lesson")),
    "alternative": Words(_("What the picture shows")),
    "credit": Words(_("Who took it")),
}
#: What one row of a field is called, where there are several: "Partner 2".
ROWS: dict[str, Any] = {
    "places": _("Place"),
    "partners": _("Partner"),
    "sources": _("Source"),
    "results": _("Result"),
    "lessons": _("Lesson"),
    "pictures": _("Picture"),
}
ADD: dict[str, Any] = {
    "places": _("Add a place"),
    "partners": _("Add a partner"),
    "sources": _("Add a source"),
    "results": _("Add a result"),
    "lessons": _("Add a lesson"),
}
NOT_SHOWN = _("I looked through the sources: they show nothing of it")
NOT_SHOWN_HINT = _("Counts while the box above is empty. Do not tick it if you simply do not know.")
#: What keeps a field from being submitted.
PROBLEMS: dict[str, Any] = {
    "missing": _("This has to be told before you submit."),
    "long": _("This is longer than a record takes. Nothing is lost: shorten it here."),
    "many": _("These are more than a record takes. Take some away."),
    "choice": _("Choose one of the list."),
    "number": _("Write the number alone, without words: 1664918 or 30.5."),
    "year": _("Write the year with four figures, such as 2019."),
    "source": _("Choose the source that says so."),
    "address": _("Write the whole address, from https:// on."),
    "unseen": _("Say what the picture shows, for those who do not see it."),
    "cited": _("A fact names a source that was taken away. Put it back, or choose another one."),
    "longest": _(
        "This is longer than we can keep. Nothing of it is lost: shorten it here, and save."
    ),
    "rows": _("These are more rows than we can keep. Take some away, and save."),
}
#: What the form says of what was typed, while it saves by itself; {time} is put in there.
SAVING: dict[str, Any] = {
    "resting": _("What you type is saved by itself."),
    "typed": _("Not saved yet …"),
    "saving": _("Saving …"),
    "saved": _("Saved at {time}."),
    "lost": _(
        "Not saved: no connection. It is kept on this device, and sent when the line is back."
    ),
    "busy": _("Not saved: this did not work just now. It is kept on this device, and tried again."),
    "signedOut": _(
        "Not saved: you are signed out. It is kept on this device: sign in and come back."
    ),
    "clash": _("Not saved: somebody else changed the same words. Press “Save” to see both."),
    "refused": _("Not saved: something is too long. Press “Save” to see what."),
    "gone": _(
        "Not saved: you cannot change this case any more. Your words are kept on this device."
    ),
    "back": _("Bringing back what you had typed …"),
}
KEPT_FROM_WRITING = _(
    "A moderator’s decision keeps you from sending anything for now. Your draft stays."
)
STATES: dict[str, Any] = {
    "draft": _("Draft"),
    "submitted": _("Waits for a librarian"),
    "published": _("On the shelf"),
    "withdrawn": _("Withdrawn"),
}
STATE_KINDS = {
    "draft": "plain",
    "submitted": "waiting",
    "published": "done",
    "withdrawn": "moderation",
}
