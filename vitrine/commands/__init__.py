"""The commands, one a file; what is heavy is imported inside them, so that help is quick."""
