"""A call back: on which number a person of the helpline may phone."""
