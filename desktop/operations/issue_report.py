"""The quarterly report: preview its figures, issue it, list what was issued."""
