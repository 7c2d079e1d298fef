"""Draws the charts of the report: plain bars with their numbers, made of shapes."""
