"""The page about the organisation: its own copy of the policies, tab by tab."""
