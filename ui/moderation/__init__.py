"""The pages where coordinators read and decide what was published."""
