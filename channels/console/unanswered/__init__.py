"""What was not answered, in groups, and the way from there to an answer."""
