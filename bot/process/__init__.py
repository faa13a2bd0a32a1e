"""What a process does from its start to its end: roles, ticks, tasks, chats brought up, the web server, logs.

Others may use: `collector`, `duties`, `logs`, `release`, `roles`, `run`, `serving`, `tidying`.
"""
