"""Events and jobs that leave with the transaction that caused them (Outbox)."""
