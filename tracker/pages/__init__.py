"""Composed pages, those that show several nouns."""
