"""Reading a dataset: its card, its rows, and which rows belong to which fold."""
