"""Corpus (자료): what people made, read into interviews, segments, morphemes, codes, codings."""
