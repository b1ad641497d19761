"""What others claimed of the people, each claim tested on the list."""
