"""Questions about where things lie, asked of plain GeoDataFrames."""
