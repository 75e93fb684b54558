"""What law and standards say: plain Python without Django, network, clock or settings."""
