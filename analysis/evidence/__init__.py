"""How good the evidence is: coders and their error, missing fields, recall, attention, access, grades."""
