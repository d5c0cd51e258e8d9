"""What changed between two waves, when one of them is known only from rounded percentages."""
