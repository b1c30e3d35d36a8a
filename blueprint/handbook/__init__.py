"""The rule book as illustrated pages: one per rule, made from the rule itself."""
