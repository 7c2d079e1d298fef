"""The numbered SQL of an evidence file."""
