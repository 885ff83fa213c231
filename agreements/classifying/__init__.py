"""What provisions are about: from their words and their place in the instrument to topics with a confidence."""

from agreements.classifying.classify import Assigned, Clause, classify, classify_agreement, topics_by_path

__all__ = ["Assigned", "Clause", "classify", "classify_agreement", "topics_by_path"]
