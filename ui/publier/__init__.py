"""The pages by which companies and structures publish, and manage what they published, without an account."""
