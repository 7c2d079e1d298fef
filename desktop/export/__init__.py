"""What leaves: bundle, reports and receipts."""
