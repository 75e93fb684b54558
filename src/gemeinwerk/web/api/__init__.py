"""What machines see; later rooms fill it."""
