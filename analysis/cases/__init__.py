"""The case list in print, the codebook, and the rows of the explorer."""
