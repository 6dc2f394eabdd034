"""Papers an office issues: typeset, marked with a QR code, signed, and checked again."""
