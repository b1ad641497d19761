"""Files written whole, places, and problems with a way out."""
