"""What gateway, bot and actions need alike, and nothing of the programme. It imports none of them."""
