"""What authors do to the rows without editing a table: mend them, add a story or a case, withdraw a person."""
