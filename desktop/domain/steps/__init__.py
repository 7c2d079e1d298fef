"""What is to be done: procedures as data, checklists that run, their clocks, worksheets."""
