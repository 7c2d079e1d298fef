"""What things are: pure, without disk, clock or Qt."""
