"""What a user types and imports: the `vitrine` command; importing this loads nothing."""
