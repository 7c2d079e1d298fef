"""The numbered steps that bring a log from any version to the newest."""
