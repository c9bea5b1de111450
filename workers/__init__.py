"""Processes that host the models and run the kernels."""
