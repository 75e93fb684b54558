"""Who looks: portal, desk, studio, steering; shared parts in ui."""
