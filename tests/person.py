"""Somebody at a screen: opens a page, sees what is there, presses what can be pressed.

CSRF is on, and only buttons that the page really has can be pressed.
"""

from html.parser import HTMLParser
from urllib.parse import urljoin

from django.test import Client

# The key that presses a button stands in it and is no part of what it is called.
NOT_READ = ("script", "style", "kbd")


class Person:
    def __init__(self, user=None):
        self.client = Client(enforce_csrf_checks=True)
        if user is not None:
            self.client.force_login(user)
        self.response = None
        self.path = "/"

    def opens(self, path):
        return self._follow(self.client.get(path, follow=True), path)

    def sees(self, *texts):
        for text in texts:
            assert text in self.text, f"“{text}” is not on {self.path}:\n{self.text}"
        return self

    def misses(self, *texts):
        for text in texts:
            assert text not in self.text, f"“{text}” is on {self.path}"
        return self

    def presses(self, label, /, **answers):
        """Fill in the form that has the button `label` and send it with that button."""
        form, button = self._form_with(label)
        data = {**form.values, **answers}
        if button.get("name"):
            data[button["name"]] = button.get("value", "")
        action = button.get("formaction") or form.action or self.path
        path = urljoin(self.path, action)
        send = self.client.post if form.method == "post" else self.client.get
        return self._follow(send(path, data, follow=True), path)

    @property
    def text(self) -> str:
        return self._page.text

    @property
    def status(self) -> int:
        return self.response.status_code

    def _form_with(self, label):
        for form in self._page.forms:
            for button in form.buttons:
                if button["label"] == label and "disabled" not in button:
                    return form, button
        labels = [b["label"] for f in self._page.forms for b in f.buttons]
        raise AssertionError(f"No button “{label}” on {self.path}, only {labels}")

    def _follow(self, response, path):
        self.response = response
        self.path = response.redirect_chain[-1][0] if response.redirect_chain else path
        self._page = Page(response.content.decode())
        return self


class Form:
    def __init__(self, attributes):
        self.method = attributes.get("method", "get").lower()
        self.action = attributes.get("action")
        self.values = {}
        self.buttons = []


class Page(HTMLParser):
    """The text and the forms of a page, as a person would find them."""

    def __init__(self, html):
        super().__init__()
        self.forms, self._words = [], []
        self._form = self._button = self._select = self._area = None
        self._skip = 0
        self.feed(html)

    @property
    def text(self):
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in NOT_READ:
            self._skip += 1
        elif tag == "form":
            self._form = Form(attributes)
            self.forms.append(self._form)
        elif self._form is not None:
            self._in_form(tag, attributes)

    def _in_form(self, tag, attributes):
        name = attributes.get("name")
        if tag == "button":
            self._button = {**attributes, "label": ""}
            self._form.buttons.append(self._button)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            # A browser sends the first one, unless another is chosen.
            value = attributes.get("value", "")
            self._form.values.setdefault(self._select, value)
            if "selected" in attributes:
                self._form.values[self._select] = value
        elif tag == "textarea":
            self._area = name
            self._form.values[name] = ""
        elif tag == "input" and name:
            if attributes.get("type") in ("checkbox", "radio"):
                if "checked" in attributes:
                    self._keep(name, attributes.get("value", "on"))
            elif attributes.get("type") != "file":
                self._form.values[name] = attributes.get("value", "")

    def _keep(self, name, value):
        if name in self._form.values:
            before = self._form.values[name]
            before = before if isinstance(before, list) else [before]
            self._form.values[name] = [*before, value]
        else:
            self._form.values[name] = value

    def handle_endtag(self, tag):
        if tag in NOT_READ:
            self._skip -= 1
        elif tag == "form":
            self._form = None
        elif tag == "button" and self._button is not None:
            self._button["label"] = " ".join(self._button["label"].split())
            self._button = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data):
        if self._skip:
            return
        if self._area:
            self._form.values[self._area] += data
            return
        self._words.append(data)
        if self._button is not None:
            self._button["label"] += data
