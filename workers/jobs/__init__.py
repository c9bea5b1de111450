"""Carrying out jobs: one file a kind, and what is common to all of them."""
