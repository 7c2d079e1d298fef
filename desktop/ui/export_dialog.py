"""Asks what the bundle for the police is to be, makes it, and shows how to hand it over."""
