"""Time-series foundation models as forecasters of direction: loading, windows, probabilities and controls."""
