"""The press: released stories in, signed editions out."""
