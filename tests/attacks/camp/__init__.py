"""What an attacker of the running suite brings along."""
