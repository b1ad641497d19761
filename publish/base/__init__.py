"""What all rooms stand on: files written whole, what they hold and import, places, problems with a way out."""
