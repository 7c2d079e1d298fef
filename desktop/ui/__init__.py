"""How it looks: all Qt."""
