"""What Quarto calls before and after it renders."""
