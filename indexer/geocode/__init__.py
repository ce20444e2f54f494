"""Places: distances, the gazetteer of communes, and the step that locates a record."""
