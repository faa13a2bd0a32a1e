"""Which sentence of a document states its rule: candidates, what is seen of them, and the weights that rank them."""
