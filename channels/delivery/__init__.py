"""Delivery: no message lost, none answered twice, one contact's messages in order (docs/delivery.md)."""
