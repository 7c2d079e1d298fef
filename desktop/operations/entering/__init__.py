"""The ways into a log: make one, open it, remember this computer."""
