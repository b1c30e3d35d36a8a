"""Diagnostics and analyses as text for people and machines; one file per format."""
