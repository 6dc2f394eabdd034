"""One file per verb: everything that can happen to a draft or a dossier here."""
