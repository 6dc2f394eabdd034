"""The rules of handling an accepted dossier: steps, decisions, signatures and work lists."""
