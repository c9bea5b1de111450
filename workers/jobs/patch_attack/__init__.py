"""The job kind `patch-attack`: choose patches and images, attack, report."""
