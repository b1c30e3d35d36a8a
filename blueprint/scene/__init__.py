"""What a drawing is made of. Imports nothing of ours and knows nothing about journeys."""
