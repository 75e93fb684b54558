"""Tables of processes: none yet; process models live inside package documents."""
