"""What brings a province back: copies taken, kept, checked, tried and put in place."""
