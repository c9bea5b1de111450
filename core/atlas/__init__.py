"""Activation atlases: what a network sees in many images, averaged and laid out."""
