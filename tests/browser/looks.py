"""What every page must be: readable for all (axe), and no wider than a small phone."""

from axe_playwright_python.sync_playwright import Axe

NARROW = {"width": 320, "height": 640}
_axe = Axe()


def problems(page) -> list:
    """What axe finds on a page that is open on a NARROW phone, and how wide it is."""
    found = [
        (violation["id"], violation["nodes"][0]["html"][:160])
        for violation in _axe.run(page).response["violations"]
    ]
    width = page.evaluate("document.documentElement.scrollWidth")
    return found + ([("width", width)] if width > NARROW["width"] else [])


def problems_of(browser, paths) -> dict:
    """Path -> what is wrong there; empty when nothing is."""
    found = {path: problems(browser.opens(path)) for path in paths}
    return {path: wrong for path, wrong in found.items() if wrong}
