"""Hides the packages that only the tests install, in a process that has this folder on its path.

The academy must start without them, and the memory that they cost is not the academy's.
"""

import os
import sys

sys.modules.update(dict.fromkeys(os.environ["MODULES_OF_TESTS"].split()))  # type: ignore[arg-type]
