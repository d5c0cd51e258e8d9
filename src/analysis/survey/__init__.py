"""What was asked, and who answered."""
