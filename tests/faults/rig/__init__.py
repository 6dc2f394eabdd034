"""What the fault tests are made of: a ledger outside the system, faults, and processes to strike."""
