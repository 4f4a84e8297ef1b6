"""Every record that passes from one room to another, in the order of the flow.

All spans are code points into an interview's frozen text, half open:
``interview.text[start:end]``. Records are frozen; arrays inside them are not written to
after they are made.
"""

from pipeline.records.corpus import (
    Code,
    Coding,
    Comment,
    Corpus,
    Interview,
    Mask,
    Morphemes,
    MorphologyIndex,
    Privacy,
    Reading,
    Role,
    Segment,
    Shard,
    Turn,
)
from pipeline.records.mining import (
    Keyword,
    Network,
    NetworkEdge,
    NetworkTerm,
    SeededTopic,
    Terms,
    Topic,
    TopicCount,
    TopicModel,
    TopicSeed,
    Vectors,
)
from pipeline.records.themes import (
    CodeTerms,
    Evidence,
    Match,
    SegmentSuggestions,
    Suggested,
    Suggestion,
    Threshold,
    Thresholds,
    Uncovered,
)
from pipeline.records.verdicts import CodebookVersion, CodeChange, Decision
from pipeline.records.views import Analysis, Measured, Written

__all__ = [
    "Analysis",
    "Code",
    "CodeChange",
    "CodeTerms",
    "CodebookVersion",
    "Coding",
    "Comment",
    "Corpus",
    "Decision",
    "Evidence",
    "Interview",
    "Keyword",
    "Mask",
    "Match",
    "Measured",
    "Morphemes",
    "MorphologyIndex",
    "Network",
    "NetworkEdge",
    "NetworkTerm",
    "Privacy",
    "Reading",
    "Role",
    "SeededTopic",
    "Segment",
    "SegmentSuggestions",
    "Shard",
    "Suggested",
    "Suggestion",
    "Terms",
    "Threshold",
    "Thresholds",
    "Topic",
    "TopicCount",
    "TopicModel",
    "TopicSeed",
    "Turn",
    "Uncovered",
    "Vectors",
    "Written",
]
