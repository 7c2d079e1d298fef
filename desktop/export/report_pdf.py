"""Lays out the quarterly report for the executive team as a PDF."""
