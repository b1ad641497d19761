"""Who the people on the list are, and how the list came about."""
