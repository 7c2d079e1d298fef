"""What is kept, to be looked at."""
