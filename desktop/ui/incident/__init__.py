"""One incident: its record, steps, people, contacts, bundle."""
