"""The log itself: keyholders, backups, checks, retention, this computer."""
