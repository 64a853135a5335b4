"""What `make` runs: prepares the environments, builds, trains, starts, tests. Standard library only."""
