"""What axe finds wrong with a page as it stands."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_FAULTS_ONLY = {"resultTypes": ["violations"], "preload": False}
"""All rules run; what passes is not described, which takes a third of the time."""


def faults_of(page: Page) -> list[str]:
    """One line an element at fault: the rule, what it asks for, the element. Empty where all is well."""
    violations = Axe().run(page, options=_FAULTS_ONLY).response["violations"]
    return [f"{rule['id']} ({rule['help']}) : {node['html']}" for rule in violations for node in rule["nodes"]]
