"""The bot tells: commands, messages, chats, pages, and the one place where all is put together."""
