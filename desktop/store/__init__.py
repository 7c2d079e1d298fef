"""Where things are kept: the log's folder, keys, SQL and migrations."""
