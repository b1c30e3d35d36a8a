"""What a document says, as frozen values. Imports nothing of ours and knows no positions in a text."""
