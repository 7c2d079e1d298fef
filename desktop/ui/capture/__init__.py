"""The way in: the gate, the screen, files, and where things come from."""
