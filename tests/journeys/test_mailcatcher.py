"""The mail catcher: it takes mail by real SMTP, keeps it to itself, and shows it without believing a word of it."""

import smtplib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from maatwerk.local.mailbox import Mailbox
from maatwerk.local.ports import LOOPBACK, answers, free_port
from maatwerk.local.processes import kill, spawn
from tests.journeys.processes import eventually, listening_addresses


@dataclass(frozen=True)
class Catcher:
    smtp: int
    page: httpx.Client
    folder: Path

    def send(self, message: EmailMessage | bytes, recipient: str = "ontvanger@school.example") -> None:
        content = message if isinstance(message, bytes) else message.as_bytes()
        with smtplib.SMTP(LOOPBACK, self.smtp) as connection:
            connection.sendmail("post@maatwerk.example", [recipient], content)

    def newest(self) -> str:
        return Mailbox(self.folder).names()[-1]


def mail(**more: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "post@maatwerk.example"
    message["Subject"] = more.get("subject", "Uw aanvraag")
    message.set_content(more.get("text", "Beste collega,\nzie https://maatwerk.example/zaken/7.\n"))
    if "html" in more:
        message.add_alternative(more["html"], subtype="html")
    return message


@pytest.fixture(scope="module")
def catcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catcher]:
    data = tmp_path_factory.mktemp("catcher")
    smtp, page = free_port(), free_port()
    argv = [sys.executable, "-m", "maatwerk.local.mailcatcher", str(data / "mail"), str(smtp), str(page)]
    process = spawn(argv, log=data / "log")
    assert eventually(lambda: answers(page)), (data / "log").read_text()
    with httpx.Client(base_url=f"http://{LOOPBACK}:{page}", trust_env=False) as client:
        yield Catcher(smtp, client, data / "mail")
    kill(process)


def test_a_mail_is_kept_for_its_owner_and_shown(catcher: Catcher) -> None:
    catcher.send(mail(subject="Besluit 2026-0007"))
    page = catcher.page.get("/")
    assert page.status_code == 200
    assert "Besluit 2026-0007" in page.text
    assert "aan ontvanger@school.example" in page.text
    assert [path.stat().st_mode & 0o777 for path in catcher.folder.iterdir()].count(0o600) >= 1
    assert catcher.folder.stat().st_mode & 0o777 == 0o700


def test_a_web_address_in_the_text_is_a_link_without_its_full_stop(catcher: Catcher) -> None:
    catcher.send(mail())
    assert 'href="https://maatwerk.example/zaken/7"' in catcher.page.get(f"/mail/{catcher.newest()}").text


def test_markup_in_a_mail_never_reaches_the_page(catcher: Catcher) -> None:
    catcher.send(mail(subject="<script>x</script>", text="<img src=x onerror=alert(1)>", html="<script>y</script>"))
    for path in ("/", f"/mail/{catcher.newest()}"):
        page = catcher.page.get(path)
        assert "<script" not in page.text
        assert "<img" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "unsafe-inline" not in page.headers["content-security-policy"]


def test_the_html_of_a_mail_stands_in_a_sandbox_that_loads_nothing(catcher: Catcher) -> None:
    catcher.send(mail(html="<p>Opgemaakt</p><script>y</script>"))
    page = catcher.page.get(f"/mail/{catcher.newest()}")
    assert "<iframe sandbox src=" in page.text
    body = catcher.page.get(f"/mail/{catcher.newest()}/html")
    assert body.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert "Opgemaakt" in body.text


def test_an_attachment_is_listed_and_only_ever_downloaded(catcher: Catcher) -> None:
    message = mail()
    message.add_attachment(b"<script>z</script>", maintype="text", subtype="html", filename='besluit "7".html')
    catcher.send(message)
    assert "besluit &#34;7&#34;.html" in catcher.page.get(f"/mail/{catcher.newest()}").text
    download = catcher.page.get(f"/mail/{catcher.newest()}/bijlage/1")
    assert download.headers["content-type"] == "application/octet-stream"
    assert download.headers["content-disposition"].startswith("attachment;")
    assert download.content == b"<script>z</script>"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n",
        b"Subject: =?utf-8?q?=FF?=\r\nFrom: \xff\xfe <<>>;;\r\nTo: @@@\r\n\r\n\xff",
        b"Content-Type: text/plain; charset=bestaat-niet\r\n\r\nhallo",
        b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\nSubject: y\r\n\r\n--x--",
    ],
)
def test_a_malformed_mail_is_shown_as_far_as_it_goes(catcher: Catcher, raw: bytes) -> None:
    catcher.send(raw)
    assert catcher.page.get("/").status_code == 200
    assert catcher.page.get(f"/mail/{catcher.newest()}").status_code == 200


def test_some_addresses_fail_so_that_one_can_see_what_happens_then(catcher: Catcher) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as unknown:
        catcher.send(mail(), "onbestelbaar@school.example")
    with pytest.raises(smtplib.SMTPRecipientsRefused) as later:
        catcher.send(mail(), "later@school.example")
    with pytest.raises(smtplib.SMTPDataError) as refused:
        catcher.send(mail(), "geweigerd@school.example")
    assert [code for code, _ in (*unknown.value.recipients.values(), *later.value.recipients.values())] == [550, 451]
    assert refused.value.smtp_code == 554


def test_only_this_machine_reaches_it_and_only_by_its_own_name(catcher: Catcher) -> None:
    port = catcher.page.base_url.port
    assert port is not None
    assert listening_addresses(port) == listening_addresses(catcher.smtp) == {"0100007F"}
    assert catcher.page.get("/", headers={"host": "vreemd.example"}).status_code == 421


@pytest.mark.parametrize(
    "path", ["/mail/../secrets.json", "/mail/..%2Fsecrets", "/mail/x", "/x", "/mail//html", "/%00"]
)
def test_what_is_no_mail_is_not_found(catcher: Catcher, path: str) -> None:
    assert catcher.page.get(path).status_code == 404


def test_the_page_changes_nothing(catcher: Catcher) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert catcher.page.request(method, "/").status_code == 405


def test_the_oldest_mails_make_room(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path / "mail", kept=3)
    names = [mailbox.store("a@maatwerk.example", ["b@school.example"], b"Subject: x\r\n\r\n") for _ in range(5)]
    assert mailbox.names() == sorted(names)[-3:]
