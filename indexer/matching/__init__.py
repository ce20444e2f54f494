"""From a diagnosis to a local plan. No HTTP here: `search_api` translates."""
