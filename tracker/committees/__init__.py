"""Steering committees, their members and settings."""
