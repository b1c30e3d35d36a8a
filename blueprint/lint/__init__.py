"""Rules that read a model or an analysis and yield findings."""
