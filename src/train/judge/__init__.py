"""Judging predictions: metrics against the training part's base rate, intervals by blocks of time, and the verdict."""
