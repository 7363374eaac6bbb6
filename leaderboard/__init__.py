"""What makes a run worth showing to others: everything in it is derived again from its seeds and completions."""
