"""Placebos: runs whose true answer is known beforehand, made by the same code as the runs that count."""
