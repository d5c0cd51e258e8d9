"""What may be concluded from the answers."""
