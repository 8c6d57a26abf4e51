"""Somebody who follows every link and tries every form that a page offers them.

Pages of one kind are opened for as many things as there are; the same list with other
filters only a few times. A form is sent as the page fills it in, and whatever that did
is undone: it may be refused for what is in it, never for being there.
"""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.person import Page

DEAD = (403, 404, 405, 410, 500)
# So many of one kind: of a list that is asked otherwise, of the page of one thing.
ENOUGH_LISTS, ENOUGH_THINGS = 4, 25
# They end what the crawler is signed in by, or leave the portal.
NOT_TRIED = ("account_logout",)


class Links(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "a" and "href" in attributes and "download" not in attributes:
            self.found.append(attributes["href"])


class Crawler:
    def __init__(self, user=None):
        self.client = Client()
        if user:
            self.client.force_login(user)
        self.opened, self.tried, self.kinds = {}, set(), Counter()
        self.dead = []

    def walks(self, *places) -> list[str]:
        """What is dead or forbidden on the way from `places`, and where it stands."""
        ahead = [(place, "the door") for place in places]
        while ahead:
            path, where = ahead.pop()
            response = self._open(path, where)
            if response is None:
                continue
            html = response.content.decode()
            ahead += [(urljoin(path, link), path) for link in Links(html).found]
            for form in Page(html).forms:
                ahead += self._try(form, path)
        return self.dead

    def _open(self, path, where):
        """The page, once; None for what is none of ours, or was opened before."""
        parts = urlsplit(path)
        if parts.netloc or parts.scheme or path in self.opened:
            return None
        path = parts._replace(fragment="").geturl()
        if path in self.opened or self._is_known_well(parts):
            return None
        self.opened[path] = where
        response = self.client.get(path, follow=True)
        if response.status_code in DEAD:
            self.dead.append(f"{response.status_code} {path} from {where}")
            return None
        if response.streaming:
            # Read to its end, which closes what it is read from.
            any(False for _ in response)
        is_page = response.get("Content-Type", "").startswith("text/html")
        return response if is_page else None

    def _is_known_well(self, parts) -> bool:
        if parts.query:
            asked = frozenset(name for name, _value in parse_qsl(parts.query))
            kind, enough = (parts.path, asked), ENOUGH_LISTS
        else:
            kind, enough = _name_of(parts.path), ENOUGH_THINGS
        self.kinds[kind] += 1
        return self.kinds[kind] > enough

    def _try(self, form, page) -> list:
        """Whether the form leads somewhere; the pages that a search leads to."""
        led = []
        for button in form.buttons or [{}]:
            if "disabled" in button:
                continue
            path = urljoin(page, button.get("formaction") or form.action or "")
            if form.method == "get":
                led.append((path, page))
            elif path not in self.tried:
                self.tried.add(path)
                self._send(path, form, button, page)
        return led

    def _send(self, path, form, button, page):
        name = _name_of(urlsplit(path).path)
        if name is None:
            self.dead.append(f"404 form {path} on {page}")
        if name is None or name in NOT_TRIED:
            return
        data = dict(form.values)
        if button.get("name"):
            data[button["name"]] = button.get("value", "")
        cookies = dict(self.client.cookies)
        with transaction.atomic():
            response = self.client.post(path, data)
            transaction.set_rollback(True)
        self.client.cookies.clear()
        self.client.cookies.update(cookies)
        if response.status_code in DEAD:
            self.dead.append(f"{response.status_code} form {path} on {page}")


def _name_of(path) -> str | None:
    try:
        return resolve(path).view_name
    except Resolver404:
        return None
