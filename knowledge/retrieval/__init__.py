"""From a message to an entry: features, a trained head, calibrated zones."""
