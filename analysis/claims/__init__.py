"""The claims of 2015, each tested."""
