"""Foreign bytes are read in a process apart: the tasks, both ends of the pipe."""
