"""What the gateway keeps: conversations that a person is asked to take, or has taken."""
