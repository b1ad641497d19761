"""Texts that are written from data and records: values, codebook, README block, colophon, data package."""
