"""Layers as files, with the classes, colours and words of the map."""
