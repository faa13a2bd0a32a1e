"""Slack: events in, blocks out. No command lives here.

Others may use: `chat`, `install`, `oauth`.
"""
