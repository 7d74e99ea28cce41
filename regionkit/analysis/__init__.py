"""Targets in words and figures, and comparisons made of them."""
