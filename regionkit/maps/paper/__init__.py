"""Maps on paper: axes and sheets drawn with matplotlib."""
