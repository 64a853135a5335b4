"""What Prometheus reads of the gateway: figures without a word, a number or an address of anybody."""
