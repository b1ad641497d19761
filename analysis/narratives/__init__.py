"""What they said: the narratives, how they combine, and who voiced them."""
