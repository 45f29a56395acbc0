"""Writing: what an article form asks beside plain text, and ways to begin one."""
