"""Pure functions from a model to a frozen result; one file per engine."""
