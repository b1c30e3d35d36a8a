"""Model and analysis in, scene out; one file per picture."""
