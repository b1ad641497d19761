"""The paper counted once more from its tables, by code that imports nothing of the project."""
