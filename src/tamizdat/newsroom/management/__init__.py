"""Commands of Django that the newsroom answers in its own way."""
