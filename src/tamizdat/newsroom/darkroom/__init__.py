"""Pictures: decoded apart, covered, cut once, worded, kept and let go."""
