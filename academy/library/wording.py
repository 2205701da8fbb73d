"""The words of the library's keys, in the reader's language."""

from typing import Any

from flask_babel import lazy_gettext as _

KINDS: dict[str, Any] = {
    "peer": _("Peers learning from one another"),
    "south_south": _("South-South and triangular cooperation"),
    "study": _("A study of the solidarity economy"),
}
DIMENSIONS: dict[str, Any] = {
    "economy": _("Economy"),
    "people": _("People"),
    "planet": _("Planet"),
    "governance": _("Responsible governance"),
    "values": _("Edifying values"),
}
FEATURES: dict[str, Any] = {
    "horizontal": _("Partners on one level"),
    "triangular": _("A partner from the North beside partners of the South"),
    "innovation": _("Something that works better"),
    "adaptability": _("Others can take it over"),
    "sustainability": _("It lasts"),
    "inclusion": _("Nobody is left out"),
    "value_chains": _("Chains from maker to buyer grow stronger"),
}
TOOLKITS: dict[str, Any] = {
    "fair_trade": _("Fair trade"),
    "community_supported_agriculture": _("Community supported agriculture"),
    "value_chain_finance": _("Financing of value chains"),
    "non_bank_finance": _("Finance without banks"),
    "marketing_enterprise": _("Enterprises that market"),
    "commons": _("Care of the commons"),
    "workers_collective": _("Workers’ collectives"),
    "manufacturing_enterprise": _("Enterprises that process and make"),
    "inter_people": _("Cooperation between peoples"),
    "enterprise_funding": _("Funding of social enterprises"),
}
DEMANDS: dict[str, Any] = {
    "commons": _("Access to forests, rivers and other commons"),
    "finance": _("Access to finance"),
    "market": _("Access to markets"),
    "jobs": _("Work where there was none"),
    "food": _("Healthy food and healthy soil"),
    "care": _("Care for children and the old"),
    "technology": _("Access to technology"),
    "labour": _("Fair work and fair pay"),
    "policy": _("An answer to a policy that harms"),
    "capacity": _("Skills of social enterprises"),
    "recovery": _("Recovery after war or disaster"),
    "understanding": _("Understanding the solidarity economy"),
}
#: The same for the heads of narrow columns.
SHORT_DEMANDS: dict[str, Any] = {
    "commons": _("Commons"),
    "finance": _("Finance"),
    "market": _("Markets"),
    "jobs": _("Work"),
    "food": _("Food"),
    "care": _("Care"),
    "technology": _("Technology"),
    "labour": _("Fair work"),
    "policy": _("Policy"),
    "capacity": _("Skills"),
    "recovery": _("Recovery"),
    "understanding": _("Studies"),
}
GOALS: dict[str, Any] = {
    "01": _("No poverty"),
    "02": _("Zero hunger"),
    "03": _("Good health and well-being"),
    "04": _("Quality education"),
    "05": _("Gender equality"),
    "06": _("Clean water and sanitation"),
    "07": _("Affordable and clean energy"),
    "08": _("Decent work and economic growth"),
    "09": _("Industry, innovation and infrastructure"),
    "10": _("Reduced inequalities"),
    "11": _("Sustainable cities and communities"),
    "12": _("Responsible consumption and production"),
    "13": _("Climate action"),
    "14": _("Life below water"),
    "15": _("Life on land"),
    "16": _("Peace, justice and strong institutions"),
    "17": _("Partnerships for the goals"),
}
FACETS: dict[str, Any] = {
    "country": _("Country"),
    "demand": _("What people needed"),
    "toolkit": _("Kind of practice"),
    "dimension": _("Dimension with evidence"),
    "goal": _("Sustainable Development Goal"),
    "partner": _("Partner"),
    "kind": _("How it was shared"),
    "language": _("Language"),
}
#: What an empty field asks the community.
QUESTIONS: dict[str, Any] = {
    "organisation": _("Who runs it, and since when?"),
    "people_served": _("Whom does it serve, and how many are they?"),
    "demand": _("What did people need when they began?"),
    "approach": _("How is it done, step by step?"),
    "technology": _("Which tools or techniques does it take?"),
    "innovation": _("What is new in it, or works better than before?"),
    "shared_across_borders": _("Who abroad has learned from it, and how?"),
    "shared_within_country": _("Who in the country has taken it up, and how?"),
    "results": _("What came of it, in figures, and in which year?"),
    "lessons": _("What would you tell somebody who begins?"),
    "goals": _("To which Sustainable Development Goals does it contribute?"),
    "dimensions.economy": _("What does it change in what people earn and own?"),
    "dimensions.people": _("What does it change in how people live together?"),
    "dimensions.planet": _("What does it do to soil, water and air?"),
    "dimensions.governance": _("Who decides, and to whom do they answer?"),
    "dimensions.values": _("Which values hold it together?"),
    "features.horizontal": _("Do partners learn from one another on one level?"),
    "features.triangular": _("Does a partner from the North stand beside them, and how?"),
    "features.innovation": _("What shows that it works better?"),
    "features.adaptability": _("Has anybody done it in another place?"),
    "features.sustainability": _("What keeps it going when a project ends?"),
    "features.inclusion": _("Who is in it that is usually left out?"),
    "features.value_chains": _("How does it bind makers and buyers?"),
}
#: The same keys, for a page that walks all of them.
BY_FACET: dict[str, dict[str, Any]] = {
    "demand": DEMANDS,
    "toolkit": TOOLKITS,
    "dimension": DIMENSIONS,
    "goal": GOALS,
    "kind": KINDS,
}
