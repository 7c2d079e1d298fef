"""An incident moves into the restricted log."""
