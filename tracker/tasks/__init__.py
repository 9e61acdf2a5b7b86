"""The task and everything that happens to it."""
