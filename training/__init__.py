"""Make models for the service: fine-tuning by anyone, and the bundled cats and dogs."""
