"""The atlas: sheets of the province, its zones and cities, and what writes them."""
