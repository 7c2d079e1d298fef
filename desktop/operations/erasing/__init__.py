"""Erasure of a record that need not be kept: planned, done by two, finished after a stop."""
