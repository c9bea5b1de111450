"""Kernels and model handling: pure functions of tensors. Importing this loads nothing."""
