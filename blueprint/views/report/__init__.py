"""The report: what the analyses found, said in sentences, tables and charts for people who decide."""
