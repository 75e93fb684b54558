"""What every request passes, in order: headers, town, session, CSRF, errors."""
