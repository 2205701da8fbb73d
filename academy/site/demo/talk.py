"""What the invented people of the demonstration say to one another: words only, no database."""

from dataclasses import dataclass

MODERATOR = "moderator"
LEARNER = "learner"

MAIMUNAH = "maimunah94@example.org"
ENDANG = "endang.handayani@example.net"
NENITA = "nenitacaballes@example.org"
MARIVIC = "marivicdumalagan@example.net"
ANAN = "ananbuasri@example.org"
WANJIRU = "wanjiru96@example.org"
SHAMSUNNAHAR = "shamsunnahar88@example.com"
RAVINDRAN = "ravindran.maniam@example.org"


@dataclass(frozen=True)
class Said:
    """One post: who, how many hours after the thread began, what, and in which language."""

    #: An address of somebody who registered, or the role of an account.
    by: str
    after: float
    words: str
    language: str = "en"
    #: The number of the post that it answers.
    answers: int | None = None
    #: Who found it useful.
    useful_for: tuple[str, ...] = ()
    #: "" is approved where it was held; "wait" stays in the moderators' queue.
    outcome: str = ""
    #: Who flags it, with which reason.
    flagged_by: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Conversation:
    """A thread: what it is about, and what is said."""

    title: str
    days_ago: int
    posts: tuple[Said, ...]
    #: "case" and its slug, "lesson" and its key, "live_session" and its slug, or "topic".
    about: tuple[str, str] = ("topic", "")
    #: Of the case, or the question of the lesson; "" for the whole.
    about_field: str = ""
    language: str = "en"
    accepted: int | None = None
    summary: str = ""
    is_pinned: bool = False


WELCOME = Conversation(
    "About this demonstration: who speaks here",
    21,
    (
        Said(
            MODERATOR, 0,
            "Everybody who speaks in this copy of the academy is invented, and so is what they "
            "tell of their groups. The cases and the lessons are real; each says where its facts "
            "come from.\n\nWrite whatever you like: this copy is yours.",
        ),
    ),
    is_pinned=True,
)  # fmt: skip

WEAVERS = Conversation(
    "How do eight villages agree on one quality?",
    13,
    (
        Said(
            MAIMUNAH, 0,
            "We are nineteen weavers in three hamlets. When we sell together the buyer sends back "
            "a third of the cloth, and everybody says that it was the others.\n\nHow is quality "
            "agreed on when the weavers hardly meet? Who looks at the cloth, and who pays for "
            "what comes back?",
            useful_for=(NENITA,),
        ),
        Said(
            ANAN, 5,
            "In our circle two weavers of *another* village look at each piece before it goes to "
            "the shop. They sign a slip that stays with the cloth. Nobody wants to sign for a bad "
            "edge, so it is mended at home and not at the shop.\n\nWe began with three rules only: "
            "width, edge, colour that does not run. The rest came later.",
            answers=1, useful_for=(MAIMUNAH, NENITA, LEARNER),
        ),
        Said(
            NENITA, 26,
            "> They sign a slip that stays with the cloth.\n\nWe do this with rice: the slip has "
            "the name of the farmer and of the one who weighed. Who pays? The group takes two of "
            "a hundred from every sale into a box, and what comes back is paid from the box. In a "
            "good year the box is shared out.",
            answers=2, useful_for=(MAIMUNAH,),
        ),
        Said(
            ENDANG, 30,
            "Terima kasih. Kami mencoba aturan tiga hal itu bulan lalu: lebar, tepi, warna. Yang "
            "dikembalikan turun dari dua belas menjadi empat lembar. Slip dengan dua tanda tangan "
            "belum kami coba.",
            language="id", answers=2, useful_for=(MAIMUNAH, ANAN),
        ),
        Said(
            LEARNER, 48,
            "Does somebody have a picture of such a slip? We would try it with our baskets.",
            answers=3,
        ),
    ),
    about=("case", "thailand-panmai-weavers"), about_field="dimensions.governance", accepted=2,
    summary="Groups tell how quality is kept without a chief: **two weavers of another village "
    "sign for each piece**, few rules at first, and a common box that pays for what comes back.",
)  # fmt: skip

SAVINGS = Conversation(
    "What do you do when somebody cannot pay back?",
    9,
    (
        Said(
            SHAMSUNNAHAR, 0,
            "Our group of fifteen lends from its own savings. Last flood two members lost their "
            "goats and cannot pay. If we are strict they leave, if we are soft the others ask why "
            "they should pay.\n\nWhat does your group do?",
            useful_for=(WANJIRU,),
        ),
        Said(
            WANJIRU, 7,
            "We wrote it down before it happened: after a flood or an illness the instalment "
            "rests for three months, without interest, and two members visit. Whoever *will* not "
            "pay is another matter: then the two who vouched pay half.\n\nBecause the rule was "
            "there before the flood, nobody felt that it was made for somebody.",
            answers=1, useful_for=(SHAMSUNNAHAR, LEARNER, RAVINDRAN),
        ),
        Said(
            RAVINDRAN, 31,
            "A small fund for bad days helped us. Everybody puts in a coin at each meeting, apart "
            "from the savings. It is a gift, not a loan, and the meeting decides by show of hands.",
            answers=1, useful_for=(SHAMSUNNAHAR,),
        ),
    ),
    about=("case", "indonesia-margi-rejeki-self-help-group"), about_field="lessons",
)  # fmt: skip

NOTEBOOK = Conversation(
    "Ten things of our market, and where they come from",
    6,
    (
        Said(
            MARIVIC, 0,
            "I took the walk with the notebook. Of ten things on the stalls three were made in "
            "our municipality: rice cakes, brooms, dried fish. Eggs come by lorry from four hours "
            "away, although half of us keep hens!\n\nWe will ask the hen keepers for a common "
            "morning at the market.",
            useful_for=(LEARNER, ENDANG),
        ),
        Said(
            ENDANG, 20,
            "Eggs, here too. When we asked, it was not the price: the stalls want the same number "
            "every day, and nobody alone can promise that. Six households together can.",
            answers=1, useful_for=(MARIVIC,),
        ),
    ),
    about=("lesson", "principles-economy"), about_field="where-money-goes",
)  # fmt: skip

QUEUE = Conversation(
    "Introduce your group in three lines",
    4,
    (
        Said(
            RAVINDRAN, 0,
            "Where are you, how many are you, and what would you like to learn here?\n\nWe are a "
            "credit union of plantation workers, 140 members, and would like to learn how others "
            "bring young people into the committee.",
        ),
        Said(
            WANJIRU, 3,
            "Women's group by the sea, 32 members, fish and savings. We would like to learn about "
            "cold boxes that need no electricity.",
            answers=1, useful_for=(RAVINDRAN,),
        ),
        Said(
            "dionisio.villaflores@example.com", 9,
            "Rice mill of 60 families. We want to hear from mills that sell in small bags with "
            "their own name.",
            outcome="wait",
        ),
        Said(
            "reynaldo.catacutan@example.com", 10,
            "Quick loans for members of any group, no papers, answer in one hour. Write to me.",
            outcome="wait",
        ),
        Said(
            MARIVIC, 12,
            "If you sell to the shop of Mr Dizon: he pays late and he is a cheat.",
            flagged_by=((WANJIRU, "private"),),
        ),
    ),
)  # fmt: skip

CONVERSATIONS = (WELCOME, WEAVERS, SAVINGS, NOTEBOOK, QUEUE)
