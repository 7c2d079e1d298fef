"""What was noted of an item as it came in: names and values in words, as they are shown."""

Fact = tuple[str, str]
