"""The computer: clock, folders, file locks, logging."""
