"""What provisions are about: from their words and their place in the instrument to topics with a confidence.

Names are loaded when they are first used: reading a variant (`variants`) needs nothing of the model.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agreements.classifying.classify import (
        Assigned,
        Clause,
        classify,
        classify_agreement,
        topics_at,
        topics_by_path,
    )

__all__ = ["Assigned", "Clause", "classify", "classify_agreement", "topics_at", "topics_by_path"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = import_module(f"{__name__}.classify")
    globals().update({each: getattr(found, each) for each in __all__})  # `classify` is also the name of the module
    return globals()[name]
