"""Patches that turn a network's verdict, and what they are held against."""
