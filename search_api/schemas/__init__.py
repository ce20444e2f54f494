"""The shape of every answer, for the OpenAPI document and for the test that compares it with real answers.

No answer is built by these models: stored JSON is sent as it is.
"""
