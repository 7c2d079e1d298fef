"""What helps when a log is damaged or gone: restore from a backup, salvage."""
