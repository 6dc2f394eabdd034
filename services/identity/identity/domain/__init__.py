"""The rules of accounts: who may have one, what proves it, when it is locked and what it may see."""
