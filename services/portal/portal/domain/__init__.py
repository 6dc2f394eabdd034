"""Pure view helpers: what a page shows, without touching the network."""
