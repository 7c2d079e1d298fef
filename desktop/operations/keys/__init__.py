"""Who has a key to the log: passphrases, the recovery key, keyholders, a second person."""
