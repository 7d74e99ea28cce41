"""What a cell says: its marks, its unit, its number as it is shown. Every format reads by it."""
