"""Conclusion Tracker: what a steering committee concludes gets done."""
