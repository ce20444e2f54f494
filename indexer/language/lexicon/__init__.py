"""How people say their needs: one readable file a category of thématiques."""
