"""Each formula once: shares and intervals, comparisons and corrections, agreement, rates, bootstrap."""
