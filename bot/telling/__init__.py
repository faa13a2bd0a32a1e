"""Takes deliveries that are due, composes and posts them, and settles what became of each. Looks at no page.

Others may use: `drafts`, `newsroom`, `notify`, `signing`, `summariser`, `webhooks`.
"""
