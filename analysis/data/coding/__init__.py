"""Blind coding by further coders: the sheet they fill in, its way back into the codings, and who differs."""
