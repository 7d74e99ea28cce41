"""What a map says, before any canvas: layers, classes, colours, symbols, words, legend entries."""
