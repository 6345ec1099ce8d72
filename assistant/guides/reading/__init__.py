"""What people write of days, clocks, rhythms, amounts and names, read as it was meant; in doubt it is asked again."""
