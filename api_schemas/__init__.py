"""Every request, answer, record and error body of the service, as frozen pydantic models."""
