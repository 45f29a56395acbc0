"""What goes out: pure functions from released stories to signed bytes and back."""
