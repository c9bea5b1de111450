"""What outlives a request: datasets, and the artifacts and checkpoints of jobs."""
