"""Safeguarding Log: an offline, encrypted log of online-safety incidents."""

__version__ = "0.1.0"
