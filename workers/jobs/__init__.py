"""Job kinds: each a function from an order, a model and a run to a result."""
