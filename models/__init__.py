"""Models that ship with the project, one folder each; a package so that copies are found."""
