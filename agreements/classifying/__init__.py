"""What provisions are about: from their words and their place in the instrument to topics with a confidence.

Names are loaded when they are first used: reading a variant (`variants`) needs nothing of the model.
"""

from typing import TYPE_CHECKING

from agreements.registry import lazy

if TYPE_CHECKING:
    from agreements.classifying.by_reference import applied_elsewhere as applied_elsewhere
    from agreements.classifying.classify import FROM_CLAUSE as FROM_CLAUSE
    from agreements.classifying.classify import Assigned as Assigned
    from agreements.classifying.classify import ClassifiedProvision as ClassifiedProvision
    from agreements.classifying.classify import classify as classify
    from agreements.classifying.classify import classify_agreement as classify_agreement
    from agreements.classifying.classify import graded_topics as graded_topics
    from agreements.classifying.classify import topics_at as topics_at
    from agreements.classifying.classify import topics_by_path as topics_by_path
    from agreements.classifying.left_open import carries as carries
    from agreements.classifying.left_open import matters_left_open as matters_left_open
    from agreements.classifying.signs import is_on_forces as is_on_forces
    from agreements.classifying.signs import opens_purpose as opens_purpose
    from agreements.classifying.signs import topics_beside as topics_beside
    from agreements.classifying.substance import FamilyProposal as FamilyProposal
    from agreements.classifying.substance import propose as propose

__getattr__, __dir__, __all__ = lazy(
    __name__,
    {
        "FROM_CLAUSE": "classify",
        "Assigned": "classify",
        "ClassifiedProvision": "classify",
        "FamilyProposal": "substance",
        "applied_elsewhere": "by_reference",
        "carries": "left_open",
        "classify": "classify",
        "classify_agreement": "classify",
        "graded_topics": "classify",
        "is_on_forces": "signs",
        "matters_left_open": "left_open",
        "opens_purpose": "signs",
        "propose": "substance",
        "topics_at": "classify",
        "topics_beside": "signs",
        "topics_by_path": "classify",
        "variants": "",
    },
)
