"""Running Redis, workers and the front as children of one process, and keeping them alive."""
