"""The demonstration (Vorführung): three invented towns, a role chooser, mails on a page.

Nothing of it exists in production mode: routes are added and commands run in demo mode only (S98).
"""
