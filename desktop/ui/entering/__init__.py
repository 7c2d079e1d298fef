"""Before a log is open: making, unlocking, restoring and rescuing one."""
