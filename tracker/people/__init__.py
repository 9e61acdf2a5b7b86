"""Persons, their posts, sign-in."""
