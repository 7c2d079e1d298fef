"""Times, working days, bank holidays, quarters."""
