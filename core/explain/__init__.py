"""Explanation methods, one a file: each a pure function of a score and images."""
