"""numpy for search by meaning, told before it loads to use one thread.

The matrices of one text are short: several threads mostly wait for each other (ten times slower was measured beside
other work on two cores).
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

VectorMatrix = NDArray[np.float32]

__all__ = ["NDArray", "VectorMatrix", "np"]
