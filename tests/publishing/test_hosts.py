"""A site on the hosts that it has rules for, really run: in a folder of another site, as of WordPress."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from generator.pages.render import POLICY
from tests.support import CENTRE, append, only_centre, publish

PATH = "/under"
MODULES = ("mpm_event", "rewrite", "authz_core", "dir", "mime", "headers", "unixd")
NGINX = """
daemon off; pid {folder}/pid; error_log stderr; {user}
events {{}}
http {{
  include /etc/nginx/mime.types; access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; root {root}; index index.html index.php;
    location / {{ try_files $uri $uri/ /index.php?$args; }}
    include {root}/under/webbserver/nginx.conf;
  }}
}}
"""
APACHE = """
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/log
{modules}
{user}
TypesConfig /etc/mime.types
DocumentRoot {root}
DirectoryIndex index.html index.php
<Directory {root}>
  AllowOverride FileInfo
  Require all granted
</Directory>
"""
# What answers for all that is not there, as WordPress has it.
REWRITE = """
RewriteEngine On
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule . /index.php [L]
"""


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    """What a host serves, where its own user may read it: the site of a draft below a path."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        content = only_centre(folder / "content")
        append(content / "webbplats.yaml", f"basadress: https://prov.example{PATH}/\n")
        append(content / CENTRE / "bokslut.yaml", "utkast: ja\n")
        site = publish(content, folder / "root/under").folder
        shutil.copy(site / "webbserver/htaccess", site / ".htaccess")
        (site.parent / ".htaccess").write_text(REWRITE, "utf-8")
        (site.parent / "index.php").write_text("den andra webbplatsen", "utf-8")
        yield site.parent


@pytest.fixture(scope="module", params=["nginx", "apache2"])
def port(request: pytest.FixtureRequest, root: Path) -> Iterator[int]:
    """Where a host serves the site."""
    program = shutil.which(request.param, path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        package = {"nginx": "nginx-light", "apache2": "apache2-bin"}[request.param]
        pytest.skip(f"there is no {request.param} on this computer (Debian: apt install {package})")
    folder = root.parent / request.param
    folder.mkdir()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    is_root = os.geteuid() == 0
    if request.param == "nginx":
        text, flags = NGINX, ["-c", str(folder / "conf")]
        told = {"user": "user root;" if is_root else ""}
    else:
        text, flags = APACHE, ["-f", str(folder / "conf"), "-D", "FOREGROUND"]
        library = Path("/usr/lib/apache2/modules")
        modules = [f"LoadModule {name}_module {library}/mod_{name}.so" for name in MODULES]
        modules = [line for line in modules if Path(line.split()[-1]).exists()]
        told = {"modules": "\n".join(modules), "user": "User nobody\nGroup nogroup" if is_root else ""}
    (folder / "conf").write_text(text.format(folder=folder, root=root, port=port, **told), "utf-8")
    with subprocess.Popen([program, *flags], stderr=subprocess.DEVNULL) as process:
        _wait_for(port)
        yield port
        process.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < deadline, "the host does not start"
            time.sleep(0.05)


def asked(port: int, path: str, site: str = PATH) -> tuple[int, http.client.HTTPMessage, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", f"{site}{path}")
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def test_pages_are_protected_and_asked_for_each_time(port: int) -> None:
    for path in ("/", f"/{CENTRE}/", f"/{CENTRE}/metod.html"):
        status, headers, _ = asked(port, path)
        assert (status, headers["Content-Security-Policy"]) == (200, f"{POLICY}; frame-ancestors 'none'")
        assert headers["Cache-Control"] == "no-cache"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_what_is_missing_has_the_page_of_the_nearest_report(port: int, root: Path) -> None:
    for path, page in (("/finns/inte", "404.html"), (f"/{CENTRE}/finns/inte", f"{CENTRE}/404.html")):
        status, headers, body = asked(port, path)
        assert (status, body) == (404, (root / "under" / page).read_bytes())
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_the_other_site_is_as_before(port: int) -> None:
    for path in ("/", "/finns-inte"):
        status, headers, body = asked(port, path, site="")
        assert (status, body.decode()) == (200, "den andra webbplatsen")
        assert headers["Content-Security-Policy"] is None


def test_fonts_last_and_drafts_are_not_listed(port: int, root: Path) -> None:
    font = next((root / "under").rglob("*.woff2")).relative_to(root / "under")
    assert "max-age=31536000" in asked(port, f"/{font}")[1]["Cache-Control"]
    assert asked(port, f"/{CENTRE}/data/resultat.json")[1]["X-Robots-Tag"] == "noindex, nofollow"
    assert asked(port, "/")[1]["X-Robots-Tag"] is None


def test_browsers_are_told_what_each_file_is(port: int, root: Path) -> None:
    """Or else they refuse it, as nothing is guessed."""
    kinds = {".html": "text/html", ".css": "text/css", ".js": "javascript", ".json": "json", ".svg": "svg"}
    for ending, kind in kinds.items():
        for path in list((root / "under").rglob(f"*{ending}"))[:1]:
            assert kind in asked(port, f"/{path.relative_to(root / 'under')}")[1]["Content-Type"]
