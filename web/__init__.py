"""The page at `/` and what it loads; a package so that installed copies are found too."""
