"""Traces: what became of one request or job, over all the processes that had a part in it."""
