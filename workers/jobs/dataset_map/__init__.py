"""The job kind `dataset-map`: collect, lay out, fetch images, assemble."""
