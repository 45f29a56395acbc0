"""What runs on the reader's device: plain ES modules, served as they stand here."""
