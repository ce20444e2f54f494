"""Pages of mails, of requests to structures, and of saved searches."""
