"""Gyeol (결): mining of Korean interview transcripts, laid on a study's codebook."""

__version__ = "0.1.0"
