"""Reports: the figures of a quarter on screen, and how they are issued."""
