"""Generic plumbing of the motcua suite: sessions, outbox, inbox, carriers, tokens, files, telemetry."""
