"""The job kind `atlas`: collect, lay out, render, assemble."""
