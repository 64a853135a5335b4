"""Applications to the schemes: where they are kept, what their stages mean, and who may be told."""
