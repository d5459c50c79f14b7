"""Mails as they leave: what they look like, what a real mail server answers, and what comes back."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from ipaddress import ip_address
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.mail.bounces import Bounce, parse_bounce
from maatwerk.mail.compose import Mail, compose
from maatwerk.mail.schedule import MAX_ATTEMPTS, next_attempt
from maatwerk.mail.send import Accepted, PermanentFailure, TemporaryFailure, send
from maatwerk.mail.servers import parse_smtp_url
from maatwerk.mail.templates import fill
from maatwerk.rules.refusals import Refused

NOON = datetime(2026, 10, 7, 12, tzinfo=UTC)
MAIL = Mail(
    id=UUID("01999999-0000-7000-8000-000000000001"),
    to="coordinator@school.example",
    to_name="Coördinator De Wilg",
    sender_name="A. Voorbeeld",
    reply_to="budget@verband.example",
    subject="Uw aanvraag 2026-0042 is ontvangen",
    text="Geachte lezer,\n\nEr ontbreekt nog:\n- het toestemmingsformulier\n- de begroting\n\nKijk op https://dienst.example/zaken/1.\n",
    public_url="https://dienst.example",
)


def composed(**changed: str) -> EmailMessage:
    return compose(replace(MAIL, **changed), sender_domain="maatwerk.example", at=NOON)  # type: ignore[arg-type]


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_a_mail_comes_from_our_domain_in_the_tenants_name_and_answers_go_to_the_tenant() -> None:
    message = message_from_bytes(composed().as_bytes(), policy=SMTP_POLICY)
    assert isinstance(message, EmailMessage)
    assert message["From"] == '"A. Voorbeeld via maatwerk" <no-reply@maatwerk.example>'
    assert message["Reply-To"].addresses[0].addr_spec == "budget@verband.example"
    assert message["To"].addresses[0].display_name == "Coördinator De Wilg"
    assert message["Message-ID"] == "<01999999-0000-7000-8000-000000000001@maatwerk.example>"
    assert message["Date"] == "Wed, 07 Oct 2026 12:00:00 +0000"
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "nl")
    assert message.get_content_type() == "multipart/alternative"


def test_both_sides_of_a_mail_say_the_same() -> None:
    message = composed()
    assert body(message, "plain").replace("\r\n", "\n") == MAIL.text
    html = body(message, "html")
    assert '<html lang="nl">' in html
    assert "<li>het toestemmingsformulier</li><li>de begroting</li>" in html
    assert '<a href="https://dienst.example/zaken/1" style="color:#1f5673">https://dienst.example/zaken/1</a>.' in html


def test_equal_mails_are_equal_to_the_byte_at_every_try() -> None:
    assert composed().as_bytes() == composed().as_bytes()


def test_text_from_outside_is_no_markup_no_picture_and_no_link() -> None:
    text = '<img src="https://elders.example/x.png"> <script>alert(1)</script> https://elders.example/inloggen & "aanhaling"'
    html = body(composed(text=text, subject="<b>Kop</b>"), "html")
    assert "&lt;img" in html
    assert not any(mark in html for mark in ("<img", "<script", "<a ", 'src="', "url(", "<b>"))


@pytest.mark.parametrize(
    "public", ["https://dienst.example.kwaad.example", "https://dienst.example@kwaad.example", "http://dienst.example"]
)
def test_an_address_that_only_looks_like_ours_is_no_link(public: str) -> None:
    assert "<a " not in body(composed(text=f"Ga naar {public}/zaken"), "html")


@pytest.mark.parametrize("place", ["subject", "to_name", "sender_name"])
@pytest.mark.parametrize("evil", ["a\r\nBcc: x@kwaad.example", "a\nb", "a\rb", "a\x00b", "a\u2028b", "a\x0bb"])
def test_a_line_break_in_a_header_is_refused(place: str, evil: str) -> None:
    with pytest.raises(Refused, match="regeleinde_in_kop"):
        composed(**{place: evil})


@pytest.mark.parametrize("place", ["to", "reply_to"])
@pytest.mark.parametrize(
    "evil",
    ["geen", "a@b", "a b@c.example", "a@c.example\r\nBcc: x@y.example", "a@b@c.example", "<a@c.example>", "a@c.example, b@c.example",
     "é@c.example", "a@-c.example", "a@c..example", "@c.example", "a" * 65 + "@c.example"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_and_not_repeated(place: str, evil: str) -> None:
    with pytest.raises(Refused) as refused:
        composed(**{place: evil})
    assert refused.value.reasons[0].code == "mailadres_ongeldig"
    assert "example" not in str(refused.value)


def test_a_domain_with_accents_is_written_as_mail_servers_know_it() -> None:
    assert composed(to="info@caf\u00e9.example")["To"].addresses[0].addr_spec == "info@xn--caf-dma.example"


def test_hard_spaces_and_old_line_ends_stay_readable() -> None:
    message = composed(text="€\u00a04.500\r\nTot\u202fstraks\u202e\x00", subject="Zaak\u00a042")
    assert body(message, "plain").splitlines() == ["€\u00a04.500", "Tot\u202fstraks"]
    assert message["Subject"] == "Zaak 42"


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_makes_a_mail_or_a_refusal(text: str, subject: str) -> None:
    try:
        message = composed(text=text, subject=subject)
    except Refused:
        return
    again = message_from_bytes(message.as_bytes(), policy=SMTP_POLICY)
    assert isinstance(again, EmailMessage)
    assert set(again.keys()) == set(composed().keys())
    assert len(list(again.walk())) == 3


@dataclass
class Post:
    """aiosmtpd's handler: answers what it was told to, and keeps what it took."""

    at_rcpt: str = "250 OK"
    at_data: str = "250 OK"
    taken: list[Envelope] = field(default_factory=list)
    secure: list[bool] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.at_data.startswith("250"):
            self.taken.append(envelope)
            self.secure.append(
                server.transport is not None and server.transport.get_extra_info("sslcontext") is not None
            )
        return self.at_data


Serve = Callable[..., Awaitable["Served"]]


@dataclass
class Served:
    """A running mail server."""

    post: Post
    port: int
    ca: Path

    def url(self, scheme: str, user: str = "", trusted: bool = True) -> str:
        return f"{scheme}://{user}127.0.0.1:{self.port}" + (f"?ca={self.ca}" if trusted else "")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for 127.0.0.1, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "mail.pem"
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    file.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return file


@pytest_asyncio.fixture
async def serve(certificate: Path) -> AsyncIterator[Serve]:
    """Starts mail servers on free ports, and stops them."""
    running: list[asyncio.Server] = []
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"dienst", b"geh@im")
        return AuthResult(success=right, handled=right)

    async def start(tls: str = "starttls", login: bool = False, rcpt: str = "250 OK", data: str = "250 OK") -> Served:
        post = Post(rcpt, data)

        def protocol() -> SMTP:
            return SMTP(
                post,
                hostname="mail.test",
                tls_context=context if tls == "starttls" else None,
                require_starttls=tls == "starttls",
                auth_required=login,
                authenticator=authenticate if login else None,
            )

        loop = asyncio.get_running_loop()
        server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=context if tls == "tls" else None)
        running.append(server)
        return Served(post, server.sockets[0].getsockname()[1], certificate)

    yield start
    for server in running:
        server.close()
        await server.wait_closed()


async def test_a_mail_is_handed_over_in_cipher_and_arrives_whole(serve: Serve) -> None:
    for scheme, tls in (("smtp+starttls", "starttls"), ("smtps", "tls")):
        served = await serve(tls=tls)
        assert await send(composed(), served.url(scheme)) == Accepted(250)
        (taken,) = served.post.taken
        assert (taken.mail_from, taken.rcpt_tos) == ("no-reply@maatwerk.example", ["coordinator@school.example"])
        assert served.post.secure == [True]
        assert isinstance(taken.content, bytes)
        assert taken.content.rstrip() == composed().as_bytes(policy=SMTP_POLICY).rstrip()


async def test_a_server_on_this_machine_may_be_spoken_to_in_the_clear(serve: Serve) -> None:
    served = await serve(tls="none")
    assert await send(composed(), served.url("smtp", trusted=False)) == Accepted(250)
    assert served.post.secure == [False]


async def test_a_certificate_that_is_not_trusted_gets_no_mail(serve: Serve) -> None:
    for scheme, tls in (("smtp+starttls", "starttls"), ("smtps", "tls")):
        served = await serve(tls=tls)
        assert await send(composed(), served.url(scheme, trusted=False)) == TemporaryFailure("connect")
        assert not served.post.taken


async def test_a_server_without_starttls_gets_no_mail(serve: Serve) -> None:
    served = await serve(tls="none")
    assert await send(composed(), served.url("smtp+starttls")) == TemporaryFailure("connect")
    assert not served.post.taken


async def test_a_login_is_used_and_a_wrong_one_is_our_own_fault_not_the_addressees(serve: Serve) -> None:
    served = await serve(login=True)
    assert await send(composed(), served.url("smtp+starttls", "dienst:geh%40im@")) == Accepted(250)
    refused = await send(composed(), served.url("smtp+starttls", "dienst:fout@"))
    assert isinstance(refused, TemporaryFailure)
    assert (refused.stage, refused.code) == ("connect", 535)


async def test_what_the_server_refuses_for_good_is_told_from_what_may_be_tried_again(serve: Serve) -> None:
    outcomes = [
        ({"rcpt": "550 5.1.1 Dit adres bestaat niet"}, PermanentFailure(550, "5.1.1", "rcpt")),
        ({"rcpt": "551 verhuisd"}, PermanentFailure(551, "", "rcpt")),
        ({"rcpt": "451 4.7.1 grijze lijst"}, TemporaryFailure("rcpt", 451, "4.7.1")),
        ({"rcpt": "421 4.3.2 sluit"}, TemporaryFailure("rcpt", 421, "4.3.2")),
        ({"data": "554 5.7.1 geweigerd"}, PermanentFailure(554, "5.7.1", "data")),
        ({"data": "452 4.3.1 vol"}, TemporaryFailure("data", 452, "4.3.1")),
    ]
    for answers, outcome in outcomes:
        served = await serve(**answers)
        assert await send(composed(), served.url("smtp+starttls")) == outcome
        assert not served.post.taken


async def test_no_server_and_a_silent_server_mean_later(serve: Serve) -> None:
    async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    silent = await asyncio.start_server(silence, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    assert await send(composed(), f"smtp://127.0.0.1:{port}", seconds=0.3) == TemporaryFailure("connect")
    silent.close()
    assert await send(composed(), f"smtp://127.0.0.1:{port}") == TemporaryFailure("connect")
    assert await send(composed(), f"smtps://127.0.0.1:{port}?ca=/bestaat/niet") == TemporaryFailure("connect")


async def test_a_server_that_talks_nonsense_means_later() -> None:
    async def nonsense(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"\xff\xfe hallo\r\n" * 3)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(nonsense, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    assert isinstance(await send(composed(), f"smtp://127.0.0.1:{port}", seconds=3), TemporaryFailure)
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize(
    "url",
    ["", "mail.example", "http://mail.example", "smtp://", "smtp://mail.example", "smtp://10.0.0.1:25", "smtp://localhost.example",
     "smtps://mail.example:99999", "smtps://[::1", "smtps://mail.example/pad"],
)  # fmt: skip
def test_a_mail_server_that_would_need_clear_text_or_makes_no_sense_is_refused(url: str) -> None:
    with pytest.raises(Refused, match="smtp_url_ongeldig"):
        parse_smtp_url(url)


def test_a_mail_server_url_is_read_without_showing_its_password() -> None:
    server = parse_smtp_url("smtp+starttls://dienst:geh%40im@mail.example")
    assert (server.host, server.port, server.user, server.password) == ("mail.example", 587, "dienst", "geh@im")
    assert "geh" not in repr(server)
    assert parse_smtp_url("smtps://mail.example").port == 465
    assert parse_smtp_url("smtp://[::1]:2525").host == "::1"


def test_a_mail_is_tried_eight_times_at_growing_intervals() -> None:
    waits = [next_attempt(attempts, NOON) for attempts in range(1, MAX_ATTEMPTS)]
    moments = [wait - NOON for wait in waits if wait is not None]
    assert len(moments) == 7
    assert moments == sorted(set(moments))
    assert moments[0] == timedelta(minutes=1)
    assert next_attempt(MAX_ATTEMPTS, NOON) is None


ALLOWED = frozenset({"zaaknummer", "link"})


def test_a_text_is_filled_in_and_its_values_are_not_read_again() -> None:
    values = {"zaaknummer": "2026-0042 {{link}}", "link": "https://dienst.example", "geheim": "x"}
    assert fill("Zaak {{zaaknummer}}: {{ link }}", values, ALLOWED) == "Zaak 2026-0042 {{link}}: https://dienst.example"
    assert fill("Zonder invulplek { } %s {0}", {}, ALLOWED) == "Zonder invulplek { } %s {0}"


@pytest.mark.parametrize(
    ("template", "codes"),
    [
        ("{{leerling}} en {{zaaknummer}} en {{bsn}}", ["invulplek_onbekend", "invulplek_onbekend"]),
        ("{{geheim}}", ["invulplek_onbekend"]),
        ("{{link}}", ["invulplek_leeg"]),
        ("{{zaaknummer.__class__}}", ["invulplek_onbekend"]),
        ("{{}}", ["invulplek_onbekend"]),
        ("{{zaaknummer", ["invulplek_onaf"]),
        ("{{{{zaaknummer}}}}", ["invulplek_onaf"]),
    ],
)
def test_a_placeholder_that_is_not_on_the_list_is_refused_by_name(template: str, codes: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        fill(template, {"zaaknummer": "2026-0042", "geheim": "x"}, ALLOWED)
    assert [reason.code for reason in refused.value.reasons] == codes
    if "leerling" in template:
        assert "'leerling'" in refused.value.reasons[0].message
        assert "link, zaaknummer" in refused.value.reasons[0].mend


@given(st.text(st.sampled_from("{}zaknumer ")), st.text())
def test_filling_in_either_answers_or_refuses(template: str, value: str) -> None:
    try:
        fill(template, {"zaaknummer": value, "link": value}, ALLOWED)
    except Refused:
        return


def report(status: str = "5.1.1", action: str = "failed", returned: str = "message/rfc822") -> bytes:
    """A report as mail servers write it."""
    return f"""From: MAILER-DAEMON@mail.school.example
To: no-reply@maatwerk.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain

Het bericht kon niet worden bezorgd.

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.school.example

Final-Recipient: rfc822; coordinator@school.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} user unknown

--grens
Content-Type: {returned}

Message-ID: <01999999-0000-7000-8000-000000000001@maatwerk.example>
Subject: Uw aanvraag

--grens--
""".replace("\n", "\r\n").encode()


MESSAGE_ID = "01999999-0000-7000-8000-000000000001@maatwerk.example"


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_tells_which_mail_came_back_and_why(returned: str) -> None:
    bounce = parse_bounce(report(returned=returned))
    assert bounce == Bounce(MESSAGE_ID, "coordinator@school.example", "5.1.1", permanent=True)
    assert "school" not in repr(bounce)


def test_a_report_of_delay_is_not_permanent_and_one_of_success_is_no_bounce() -> None:
    late = parse_bounce(report("4.4.1", "delayed"))
    assert late is not None
    assert (late.status, late.permanent) == ("4.4.1", False)
    assert parse_bounce(report("2.0.0", "delivered")) is None


def test_a_report_without_the_message_is_still_a_bounce_and_may_say_what_it_answers() -> None:
    bare = report(returned="text/plain").replace(
        b"Subject: Undelivered", f"In-Reply-To: <{MESSAGE_ID}>\r\nSubject: Undelivered".encode()
    )
    found = parse_bounce(bare)
    assert found is not None
    assert found.message_id == MESSAGE_ID
    nothing = parse_bounce(report(returned="text/plain"))
    assert nothing is not None
    assert nothing.message_id == ""


def test_an_answer_by_a_person_is_no_bounce() -> None:
    assert parse_bounce(composed().as_bytes()) is None


@given(
    st.binary()
    | st.builds(lambda at, bits: report()[:at] + bits + report()[at:], st.integers(0, 900), st.binary(max_size=30))
)
def test_junk_is_never_an_error(raw: bytes) -> None:
    found = parse_bounce(raw)
    assert found is None or isinstance(found, Bounce)
