"""What the matching knows beside the catalogue, as readable data: steps and what they wait for, rights."""
