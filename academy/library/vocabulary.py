"""The keys by which cases are sorted and compared: one list each, the same for every case."""

from typing import Literal, get_args

#: How a case came into the collection (seed 000, section II): partners of one country or several
#: learning as peers, cooperation South-South with or without a third, or a study of what the
#: economy of solidarity is.
Kind = Literal["peer", "south_south", "study"]
KINDS: tuple[Kind, ...] = get_args(Kind)

#: The five dimensions of the framework (seed 002).
Dimension = Literal["economy", "people", "planet", "governance", "values"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

#: The seven features of good practice (seed 000, box 1), in its order.
Feature = Literal[
    "horizontal", "triangular", "innovation", "adaptability", "sustainability", "inclusion",
    "value_chains",
]  # fmt: skip
FEATURES: tuple[Feature, ...] = get_args(Feature)

#: The categories of toolkits (seed 000, table 3), in its order.
Toolkit = Literal[
    "fair_trade", "community_supported_agriculture", "value_chain_finance", "non_bank_finance",
    "marketing_enterprise", "commons", "workers_collective", "manufacturing_enterprise",
    "inter_people", "enterprise_funding",
]  # fmt: skip
TOOLKITS: tuple[Toolkit, ...] = get_args(Toolkit)

#: What people needed when they began (after seed 000, tables 1 and 2).
Demand = Literal[
    "commons", "finance", "market", "jobs", "food", "care", "technology", "labour", "policy",
    "capacity", "recovery", "understanding",
]  # fmt: skip
DEMANDS: tuple[Demand, ...] = get_args(Demand)

#: The Sustainable Development Goals by their numbers.
GOALS = tuple(range(1, 18))

#: What is written where a source was read for a feature and shows none: absent, not unknown.
NOT_SHOWN = "not shown"
