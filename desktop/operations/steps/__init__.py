"""What is to be done: procedures, policies and worksheets in force, and a checklist that runs."""
