"""What employers and structures publish by themselves: drafts, links, moderation, and the one door to the catalogue."""
