"""What the service costs, as ratios in one run against a named baseline."""
