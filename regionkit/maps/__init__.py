"""Maps: what is drawn (layers, classes, symbols) and the two ways to draw it.

A static map (matplotlib) and an interactive one (folium) read the same layers, so that they
show the same classes, colours and words.
"""
