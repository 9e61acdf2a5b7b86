"""The figures, exports and lists."""
