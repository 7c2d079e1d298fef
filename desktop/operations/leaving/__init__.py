"""What leaves the log: bundles, receipts, papers, the quarterly report."""
