"""What the front and the workers say to each other over Redis."""
