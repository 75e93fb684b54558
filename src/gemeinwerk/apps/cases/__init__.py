"""Cases (Vorgänge): inbox, tasks, requests, notes, hearings."""
