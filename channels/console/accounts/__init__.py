"""Who may in: passwords, sessions, the pages for logging in and for accounts."""
