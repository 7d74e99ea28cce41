"""The planner's own spreadsheets and points: read, match to units, join, and write out again."""
