"""What all rooms stand on: files written whole, states and imports of files, places, problems with a way out."""
