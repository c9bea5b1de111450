"""The job kind `explain-dataset`: every image explained, and what that comes to."""
