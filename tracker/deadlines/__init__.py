"""Deadlines: the words in which they are given, the dates that these mean, the calendar."""
