"""Pages of a plan: for those who accompany, and for its own person."""
