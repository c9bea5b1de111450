"""The client: the service's routes as methods, answers as pictures and arrays."""
