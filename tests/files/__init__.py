"""Builders of files as people and attackers send them: made in code, no binary blobs."""
