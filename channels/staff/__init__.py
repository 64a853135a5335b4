"""For the staff of the helpline: conversations that people are asked to take."""
