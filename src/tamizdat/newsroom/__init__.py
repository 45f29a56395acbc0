"""Stories at desks: the site editors live in, and the ledger of their releases."""
