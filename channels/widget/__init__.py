"""The helpline on other sites: one script to embed, and the routes it speaks to (docs/widget.md)."""
