"""Reminders under load: planning here, sending beside it."""
