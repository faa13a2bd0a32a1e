"""Who is told what and what became of it: the outbox, its claims and outcomes, digests, webhooks, the engine.

Others may use: `delivery`, `digests`, `engine`, `engines`, `errands`, `incidents`, `ledger`, `outbox`, `settling`,
`slots`, `webhook_models`, `webhooks`.
"""
