"""From bytes to a validated, located document."""
