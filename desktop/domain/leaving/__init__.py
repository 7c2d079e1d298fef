"""What leaves the log: bundles, figures."""
