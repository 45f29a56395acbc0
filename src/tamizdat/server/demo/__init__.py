"""The demo: six small language services that show a whole newsroom at work."""
