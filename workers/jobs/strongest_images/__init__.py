"""The job kind `strongest-images`: look at every image, then show those that channels want."""
