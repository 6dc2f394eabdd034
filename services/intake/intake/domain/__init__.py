"""The rules of the one-stop desk: states, completeness, files, decisions; values in, values out."""
