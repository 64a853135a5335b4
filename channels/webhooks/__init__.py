"""Where providers call us. Thin: verify, check, record, answer; the rest is delivery's."""
