"""Watch the logs of other organisations and cosign their heads: spec/witness.md."""
