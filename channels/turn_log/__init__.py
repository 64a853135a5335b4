"""What happens in the conversations: one row a turn, counts a day, and nothing that points to a person."""
