"""How we talk to others: one folder per partner."""
