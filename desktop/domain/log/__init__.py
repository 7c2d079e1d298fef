"""The log as a whole: custody, keys, locking, how long it keeps, what it erases."""
