"""What a group of hotels adds to blueprint."""
