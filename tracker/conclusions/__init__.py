"""Meetings and inspections, conclusion notices, clauses and their review."""
