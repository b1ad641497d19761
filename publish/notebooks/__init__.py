"""Notebooks run, their errors explained, their pages made."""
