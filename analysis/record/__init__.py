"""How a number, a word or a picture reaches the paper: record, words and rounding, chart style and legibility."""
