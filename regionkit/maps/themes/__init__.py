"""Facts of a region as layers that paper and page both draw."""
