"""The organisation's own copy: roles, contacts, steps and deadlines of its own."""
