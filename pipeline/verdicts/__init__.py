"""Verdicts (판정): what people decided about suggestions, and how far they agree."""
