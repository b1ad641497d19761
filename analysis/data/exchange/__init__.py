"""The data in the formats of other programs, and whether the addresses in it still answer."""
