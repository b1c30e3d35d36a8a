"""One module per family of rules; a rule is one generator whose docstring is its manual page."""
