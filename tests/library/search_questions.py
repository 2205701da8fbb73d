"""The shared set of questions to the search: both databases have to answer it alike.

`scripts/compare_searches.py` prints what each of them answers, side by side.
"""

from academy.library.content import CaseFile
from tests.library.conftest import record

#: A case in each script: its title and what is done.
TEXTS = {
    "forest": ("Community forest", "Households guard the forest of Nepal; coopérative."),
    "rice": ("Organic rice", "System of Rice Intensification in Cambodia."),
    "khmer": ("Khmer", "សហគមន៍ព្រៃឈើ នៅកម្ពុជា"),
    "thai": ("Thai", "สหกรณ์ออมทรัพย์ในหมู่บ้าน"),
    "tamil": ("Tamil", "கூட்டுறவு சங்கங்கள் பெண்களால் நடத்தப்படுகின்றன"),
    "chinese": ("Chinese", "社区支持农业在香港"),
    "japanese": ("Japanese", "生活クラブ生協の運動"),
    "burmese": ("Burmese", "သမဝါယမ အသင်း"),
    "hindi": ("Hindi", "महिलाओं का स्वयं सहायता समूह"),
    "arabic": ("Arabic", "التعاونيات النسائية في القرية"),
    "vietnamese": ("Vietnamese", "Quỹ tín dụng nhân dân ở nông thôn"),
    "mentions": ("Rice bank", "Far from any forest; the word stands here once: forest."),
}

#: What is asked of them, and all that is found, in its order.
QUESTIONS = [
    ("forest", ["forest", "mentions"]),  # the title weighs more
    ("FOREST nepal", ["forest"]),
    ("fores", ["forest", "mentions"]),  # a beginning
    ("forrest", ["forest", "mentions"]),  # one slip
    ("intensifcation", ["rice"]),
    ("cooperative", ["forest"]),  # without its accent
    ("coopérative", ["forest"]),
    ("rice forest", ["mentions"]),
    ("forests", ["forest", "mentions"]),  # one and several
    ("households", ["forest"]),
    ("rice banks", ["mentions"]),
    ("ព្រៃឈើ", ["khmer"]),
    ("កម្ពុជា", ["khmer"]),
    ("ออมทรัพย์", ["thai"]),
    ("หมู่บ้าน", ["thai"]),
    ("கூட்டுறவு", ["tamil"]),
    ("சங்கம", []),  # no beginning of anything, and no single slip
    ("சங்கங்கள்", ["tamil"]),
    ("农业", ["chinese"]),
    ("香港", ["chinese"]),
    ("業農", []),
    ("香港 社区", ["chinese"]),  # two runs
    ("支持農業", []),  # another character is another word
    ("生協", ["japanese"]),
    ("クラブ", ["japanese"]),
    ("Khmer កម្ពុជា", ["khmer"]),  # mixed
    ("thai หมู่บ้าน", ["thai"]),
    ("สหกรณ์ในหมู่บ้าน", []),  # not side by side anywhere
    ("สหกรณ์ หมู่บ้าน", ["thai"]),
    ("கூட்டுறவு tamil", ["tamil"]),
    ("பெண்", ["tamil"]),  # a beginning, in a script of its own
    ("အသင်း", ["burmese"]),
    ("सहायता", ["hindi"]),
    ("النسائية", ["arabic"]),
    ("tin dung", ["vietnamese"]),
    ("tín dụng", ["vietnamese"]),
    ("xyzzyq", []),
    ("' OR 1=1 --", []),
    ('"forest" AND (rice* NEAR', []),  # words, not a language of queries
    ("forest & ! | : *", ["forest", "mentions"]),
]

#: What readers ask of the academy's own cases: how many are found at least, and which come first
#: (in any order among themselves).
OWN_QUESTIONS = [
    ("forest", 4, ["nepal-community-forest-user-groups"]),
    ("forestry", 1, ["nepal-community-forest-user-groups"]),
    ("womans bank", 3, ["laos-village-banks-womens-union"]),
    ("women's bank", 3, ["laos-village-banks-womens-union"]),
    ("village banks", 4, ["laos-village-banks-four-provinces", "laos-village-banks-womens-union"]),
    ("self help groups", 2, ["indonesia-self-help-group-bank-linkage"]),
    ("self-help group", 2, ["indonesia-self-help-group-bank-linkage"]),
    ("savings", 5, ["kenya-bahari-widows", "kenya-vakhana-vatecho"]),
    ("organic rice", 1, ["cambodia-system-of-rice-intensification"]),
    ("rice intensifcation", 1, ["cambodia-system-of-rice-intensification"]),
    ("weaver", 1, ["thailand-panmai-weavers"]),
    ("weavers", 1, ["thailand-panmai-weavers"]),
    ("fair trade", 4, ["cambodia-artisans-association"]),
    ("seikatu", 1, ["japan-seikatsu-club-atsugi"]),
    ("kites", 1, ["pakistan-home-based-kite-makers"]),
    ("onions", 1, ["philippines-aski-onion-cooperative"]),
    ("tabacco bond", 1, ["zambia-tobacco-control-social-impact-bond"]),
    ("leaf business", 1, ["japan-irodori-leaves"]),
    ("widow kenya", 1, ["kenya-bahari-widows"]),
    ("tomatoes", 1, ["japan-meiho-ladies"]),
    ("credit union", 1, ["malaysia-credit-union-promotion-centre"]),
    ("chilly pitas", 1, ["malaysia-fertigation-pitas"]),
    ("children", 3, ["japan-seikatsu-club-atsugi"]),
    ("xyzzyq", 0, []),
]


def cases_of_all_scripts() -> list[CaseFile]:
    """Return a case for each of TEXTS."""
    plain = {"summary": "x", "partners": [], "dimensions": {}}
    return [
        CaseFile(slug, record(title=title, approach=text, **plain))
        for slug, (title, text) in TEXTS.items()
    ]
