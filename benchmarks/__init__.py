"""Figures as ratios, measured in one run against a plain baseline. `make bench` runs them all."""
