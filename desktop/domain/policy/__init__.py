"""Which documented policy is followed, and the organisation's own copy of it."""
