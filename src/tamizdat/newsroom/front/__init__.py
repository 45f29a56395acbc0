"""Front pages and breaking news: what readers see first, and for how long."""
