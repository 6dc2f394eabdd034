"""Where books are declared, and what is looked at outside."""
