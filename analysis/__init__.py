"""The statistics of the paper: rows in, shares, intervals and charts out."""
