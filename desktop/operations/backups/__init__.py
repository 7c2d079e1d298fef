"""Backups: where they lie, making them, comparing them."""
