"""Is it unchanged: the check of the log, its custody, its clock, its printed heads."""
