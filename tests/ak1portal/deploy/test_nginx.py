"""nginx in front: its own pages are ours, and it writes down no code."""

import socket
from html.parser import HTMLParser

import pytest

from tests.ak1portal.deploy.servers import DEPLOY, Door, Nginx

CODE = "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK"
PAGES = sorted((DEPLOY / "pages").glob("*.html"))


@pytest.fixture
def nginx(tmp_path):
    """nginx in front of a portal that is away, and that waits a second at most."""
    server = Nginx(
        tmp_path,
        changed=(
            ("proxy_read_timeout 60s", "proxy_read_timeout 1s"),
            ("client_max_body_size 27m", "client_max_body_size 1k"),
        ),
    )
    server.start()
    yield server
    server.stop()


def test_nginx_reads_its_configuration(tmp_path):
    read = Nginx(tmp_path).read()

    assert read.returncode == 0, read.stderr


def test_a_portal_that_is_away_is_said_in_indonesian_and_when_to_come_back(nginx):
    status, headers, page = nginx.ask("/")

    assert status == 502
    assert headers["Retry-After"] == "60"
    assert headers["Cache-Control"] == "no-store"
    assert "Layanan sedang tidak dapat dihubungi" in page
    assert "nginx" not in page


def test_a_portal_that_does_not_answer_says_so(nginx, tmp_path):
    door = Door(tmp_path)

    status, headers, page = nginx.ask("/")

    door.close()
    assert (status, headers["Retry-After"]) == (504, "60")
    assert "Layanan terlalu lama menjawab" in page


def test_a_file_that_is_too_large_is_said_in_indonesian(nginx):
    status, headers, page = nginx.ask("/saya/", method="POST", body=b"x" * 2000)

    assert (status, headers["Retry-After"]) == (413, None)
    assert "Berkas terlalu besar" in page


@pytest.mark.parametrize(
    ("path", "headers", "expected"),
    [
        ("/" + "x" * 9_000, {}, 414),
        ("/", {"Cookie": "x" * 9_000}, 400),
        ("/", {"Host": "a b"}, 400),
    ],
)
def test_what_cannot_be_read_is_said_in_indonesian(nginx, path, headers, expected):
    status, _headers, page = nginx.ask(path, headers=headers)

    assert status == expected
    assert "Permintaan tidak dapat dibaca" in page


def test_the_pages_of_nginx_have_their_style_while_the_portal_is_away(nginx):
    for page in PAGES:
        for path in linked(page.read_text()):
            status, headers, css = nginx.ask(path)

            assert (status, headers["Content-Type"]) == (200, "text/css")
            assert css


def test_the_pages_of_nginx_are_met_only_where_something_is_wrong(nginx):
    assert nginx.ask("/gangguan/502.html")[0] == 404


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_of_nginx_is_indonesian_first_and_keeps_the_strict_policy(page):
    html = page.read_text()

    assert '<html lang="id">' in html
    assert html.index("<h1>") < html.index('<p lang="en">')
    assert "<style" not in html
    assert "style=" not in html
    assert "<script" not in html
    assert linked(html)


def test_no_log_of_nginx_holds_a_code_whatever_went_wrong(nginx, tmp_path):
    for path in (f"/periksa/{CODE}/", f"//periksa/{CODE}/", f"/lain/{CODE}"):
        assert nginx.ask(path)[0] == 502
        assert nginx.ask_plain(path)[0] == 301
        assert nginx.ask(path, headers={"Host": "lain.contoh.test"})[0] == 502
        assert nginx.ask(path, headers={"Host": "a b"})[0] == 400
        assert nginx.ask(path, method="POST", body=b"x" * 2000)[0] == 413
        assert nginx.ask(path, headers={"Cookie": "x" * 9_000})[0] == 400
    door = Door(tmp_path)
    assert nginx.ask(f"/periksa/{CODE}/")[0] == 504
    door.close()
    with socket.create_connection(("127.0.0.1", nginx.port)) as plain:
        plain.sendall(f"GET /periksa/{CODE}/ HTTP/1.0\r\n\r\n".encode())
        assert b"Permintaan tidak dapat dibaca" in plain.makefile("rb").read()
    nginx.stop()

    logs = {path.name: path.read_text() for path in tmp_path.glob("*.log")}
    assert logs["ak1.log"].count("/periksa/***") >= 4
    assert [name for name, text in logs.items() if CODE[:30] in text] == []


def linked(html: str) -> list[str]:
    """The style sheets that a page asks for."""
    found = []

    class Links(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag == "link":
                found.append(dict(attrs)["href"])

    Links().feed(html)
    return found
