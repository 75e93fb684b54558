"""What all audiences share: pages, parts, texts, static files and the town's look."""
