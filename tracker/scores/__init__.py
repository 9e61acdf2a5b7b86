"""Scores, lost points, remediation forms, ranks, indicators and targets."""
