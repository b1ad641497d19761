"""Commands about the paper: verify, watch, changes, doctor."""
