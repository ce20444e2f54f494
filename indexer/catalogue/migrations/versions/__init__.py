"""One module a migration, named by its number. A published one is never edited: the next one mends it."""
