"""Outgoing mail: written in the transaction of what it tells, sent afterwards, by any process, once."""
