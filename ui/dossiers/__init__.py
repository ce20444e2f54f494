"""Pages of the files of people: the list, the « questionnaire de situation », who may read, what goes away."""
