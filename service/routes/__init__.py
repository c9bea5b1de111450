"""The routes: each translates between HTTP and the rest of the front, and decides nothing."""
