"""What makes a desk workable: holds, versions, pasting, search, calendar, log, tour."""
