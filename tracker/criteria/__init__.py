"""Editions of index sets and their trees of criteria."""
