"""One module a file format: each returns the sheets of a file as grids of cells."""
