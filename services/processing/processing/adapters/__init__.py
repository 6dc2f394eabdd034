"""How documents are really printed and signed."""
