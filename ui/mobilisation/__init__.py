"""The pages where a coordinator sees which companies to ask this week, and notes what they said."""
