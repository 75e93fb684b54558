"""Drafts, submissions, evidence, receipts (Anträge)."""
