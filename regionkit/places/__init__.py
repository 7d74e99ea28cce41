"""Where things are: names, datums, projections and boundaries."""
