"""How long the fault tests take: short in `make test`, long in `make faults`."""

import os

#: The long version makes every fault as often and as long as docs/faults.md shows it.
IS_LONG = os.environ.get("ACADEMY_FAULT_LONG", "") == "1"
#: How often a worker is killed, and how many messages each time.
RUNS = int(os.environ.get("ACADEMY_FAULT_RUNS", "20" if IS_LONG else "2"))
MAILS = int(os.environ.get("ACADEMY_FAULT_MAILS", "1000" if IS_LONG else "150"))


def seconds(short: float, long: float) -> float:
    """Return how long a fault lasts in this version."""
    return long if IS_LONG else short
