"""The charts of the paper: each takes data and returns a matplotlib figure."""
