"""The unit tree: kinds, validity, aliases."""
