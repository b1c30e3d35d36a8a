"""Blueprint Sans, the font of every drawing, and how it was made."""
