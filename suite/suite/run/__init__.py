"""Everything on one machine: the plan of a run, its processes, servers, databases and data."""
