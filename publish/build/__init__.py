"""The build: what has to run, why, and what is delivered."""
