"""How a finding moves when a choice of the analysis is made otherwise."""
