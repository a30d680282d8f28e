"""Acts of reviews. Keyword arguments, an actor, one transaction, the audit event last."""
