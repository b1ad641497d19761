"""What a finished PDF holds: tags, marks, sizes, contrast."""
