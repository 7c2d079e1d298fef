"""One incident: its record, people, contacts, links, worksheets, how long it is kept."""
