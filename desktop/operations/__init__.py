"""What a keyholder can do: one call, one transaction, one answer."""
