"""The labour market around a place: shortages and hiring projects, from the loaded reference tables."""
