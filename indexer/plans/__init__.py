"""The plan of a person followed: its lines, who changed what, the person's own link, and what comes next."""
