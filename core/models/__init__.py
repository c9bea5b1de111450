"""Models as the service hosts them: manifest, loading, layers, scores."""
