"""Languages: which one a reader gets, and times and numbers as she writes them."""
