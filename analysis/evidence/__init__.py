"""How good the evidence is: coders, missing fields, coverage, attention, access."""
