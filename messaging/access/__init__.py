"""API keys: made, kept, told to every front, and counted."""
