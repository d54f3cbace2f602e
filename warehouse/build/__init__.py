"""From archived rows to a snapshot: parse, check and fold into records, then lay out the facts."""
