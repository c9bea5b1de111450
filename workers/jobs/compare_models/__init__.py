"""The job kind `compare-models`: two models beyond their error rates."""
