"""Small charts that a report argues with; scenes like every drawing."""
