"""The workspace's shell: signing in, who may see what, its navigation, accounts."""
