"""Reproducible analysis of a quickscan among Dutch municipalities."""
