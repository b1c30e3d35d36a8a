"""Scene or document in, bytes out; one file per format."""
