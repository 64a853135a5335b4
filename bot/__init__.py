"""The Rasa part: what a message means and what is said next. Only this package imports Rasa."""
