"""What comes in: mail, bundles, foreign files; hostile input stops here."""
