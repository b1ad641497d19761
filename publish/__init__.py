"""Runs the notebooks, renders the paper, checks it. Knows files, not statistics."""
