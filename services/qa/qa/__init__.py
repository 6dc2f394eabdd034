"""Questions of citizens, the answers of agencies, and what of them is public."""
