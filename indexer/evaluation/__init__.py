"""How well the product understands and ranks, on sets judged by people: figures, intervals, comparisons, a page."""
