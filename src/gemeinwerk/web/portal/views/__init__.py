"""Views of the portal, one module per stage of the walk."""
