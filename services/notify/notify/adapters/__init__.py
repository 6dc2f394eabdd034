"""How notices really leave: templates, mail server, text gateway, contact data."""
