"""What a machine can judge: rules of the house, contracts, requirement rows with a passing test."""
