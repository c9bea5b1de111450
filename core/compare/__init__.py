"""Comparing two classifiers beyond their error rates: layers, predictions, reasons."""
