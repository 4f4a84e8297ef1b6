"""Themes (주제): topics laid on the codebook, codes suggested for segments."""
