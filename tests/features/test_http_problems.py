"""Whatever is wrong with a request is said in Dutch, as a problem document, without repeating what was sent."""

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest

from maatwerk.http.openapi import VERSION
from tests.toys import toy

ONE = "/api/v1/scholen/6f1d6c1a-2c3b-4b7e-9a50-0f3e5d7c9b21"
JSON = {"Content-Type": "application/json"}


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    """The problem document of an answer, which has to be one."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["api-version"] == VERSION
    document: dict[str, Any] = answer.json()
    assert document["status"] == status
    assert document["title"]
    assert document["detail"]
    assert document["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"
    return document


@pytest.mark.parametrize(
    "path",
    ["/api/v1/", f"{ONE}/", "/api/v1//scholen", "/api/v1/niets", "/niets", "/api/v2", "/api", f"{ONE}/x", ONE[:-1]],
)
async def test_an_unknown_path_and_a_trailing_slash_are_404(path: str) -> None:
    async with toy() as client:
        problem(await client.get(path), 404)


@pytest.mark.parametrize("path", ["%00", "%ff%fe", "a%2fb", "%0a", "x" * 5000, "%ed%a0%80", "..%5c", "%2e%2e"])
async def test_junk_in_a_path_is_404(path: str) -> None:
    async with toy() as client:
        problem(await client.get(f"/api/v1/scholen/{path}"), 404)


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "TRACE", "PROEF"])
async def test_an_unsupported_method_is_405_and_names_those_that_are(method: str) -> None:
    async with toy() as client:
        answer = await client.request(method, "/api/v1/scholen")
        problem(answer, 405)
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
        told = await client.options("/api/v1/scholen")
        assert (told.status_code, told.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
        assert (await client.options(ONE)).headers["allow"] == "GET, HEAD, OPTIONS"


async def test_head_answers_like_get_without_a_body() -> None:
    async with toy() as client:
        seen, told = await client.get(ONE), await client.head(ONE)
        assert told.status_code == 200
        assert told.content == b""
        assert told.headers["content-length"] == str(len(seen.content))
        allow = (await client.put(ONE)).headers["allow"]
        assert allow == "GET, HEAD, OPTIONS"


async def test_every_answer_carries_the_version_and_the_security_headers() -> None:
    async with toy() as client:
        for answer in (await client.get(ONE), await client.get("/niets"), await client.get("/api/v1/weigering/stuk")):
            headers = answer.headers
            assert headers["api-version"] == VERSION
            assert headers["cache-control"] == "no-store"
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["x-frame-options"] == "DENY"
            assert headers["referrer-policy"] == "no-referrer"
            assert "default-src 'none'" in headers["content-security-policy"]
            assert "max-age=63072000" in headers["strict-transport-security"]


async def test_all_faults_of_a_body_come_at_once() -> None:
    body = {"naam": "", "sector": "ho", "brin": 3, "gemeente": None, "beheerder": True, "schooltype": "x" * 201}
    async with toy() as client:
        document = problem(await client.post("/api/v1/scholen", json=body), 400)
        found = {param["veld"]: param["code"] for param in document["invalidParams"]}
        assert found == {
            "naam": "lengte",
            "sector": "keuze",
            "brin": "soort",
            "gemeente": "soort",
            "beheerder": "onbekend",
            "schooltype": "lengte",
        }
        assert "Kies uit: po, so, vo, vso, mbo." in {param["melding"] for param in document["invalidParams"]}
        document = problem(await client.post("/api/v1/scholen", json={}), 400)
        assert {param["veld"] for param in document["invalidParams"]} == {"naam", "sector"}


@pytest.mark.parametrize("name", ["x\n", "\nx", " x", "x ", "a\u2028b", "a\x7fb", "a\x85b", "\u00a0x"])
async def test_a_name_is_one_line_without_anything_hidden_at_its_ends(name: str) -> None:
    async with toy() as client:
        problem(await client.post("/api/v1/scholen", json={"naam": name, "sector": "vo"}), 400)


async def test_a_number_in_quotes_is_no_number_and_a_list_is_no_object() -> None:
    async with toy() as client:
        for body in ([], "x", 3, None, True, [{"naam": "x", "sector": "vo"}]):
            problem(await client.post("/api/v1/scholen", json=body), 400)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b'{"naam": "\\ud800", "sector": "vo"}',
        b'{"naam": "a\\u0000b", "sector": "vo"}',
        b'{"naam": "\xed\xa0\x80", "sector": "vo"}',
        b"[" * 100_000,
        b'{"naam": NaN}',
        b'{"naam": 1e999}',
        b"\xef\xbb\xbf{}",
        b"{}{}",
        b'{"naam": "' + b"x" * 5000 + b'", "sector": "vo"}',
        b"9" * 10_000,
        b"",
    ],
)
async def test_a_body_that_is_no_json_or_holds_what_cannot_be_kept_is_400(body: bytes) -> None:
    async with toy() as client:
        problem(await client.post("/api/v1/scholen", content=body, headers=JSON), 400)


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", "", "application/jsonx"])
async def test_another_content_type_is_415(kind: str) -> None:
    async with toy() as client:
        answer = await client.post("/api/v1/scholen", content=b"{}", headers={"Content-Type": kind})
        problem(answer, 415)


async def test_a_charset_with_the_content_type_is_no_reason_to_refuse() -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    async with toy() as client:
        answer = await client.post("/api/v1/scholen", content=b'{"naam": "x", "sector": "vo"}', headers=headers)
        assert answer.status_code == 201


FORM = {"Content-Type": "multipart/form-data; boundary=grens"}


def part(head: bytes, body: bytes) -> bytes:
    return b"--grens\r\n" + head + b"\r\n\r\n" + body + b"\r\n--grens--\r\n"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (part(b'Content-Disposition: form-data; name="a"', b"x"), 201),
        (part(b'Content-Disposition: form-data; name="a"; filename="x.pdf"', b"x" * 2_000), 201),
        (part(b'Content-Disposition: form-data; name="a"', b"\xff\xfe"), 400),
        (part(b'Content-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=nix', b"x"), 400),
        (part(b"x", b"x"), 400),
        (part(b'Content-Disposition: form-data; name="\xff\xff"', b"x"), 400),
        (b"--grens\r\n", 400),
        (b"--anders--", 400),
        (b"\x00" * 50, 400),
    ],
)
async def test_a_form_is_read_or_refused_and_never_a_500(body: bytes, status: int) -> None:
    async with toy() as client:
        answer = await client.post("/api/v1/bestand", content=body, headers=FORM)
        assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=é"]
)
async def test_a_form_without_a_usable_boundary_is_400(kind: str) -> None:
    async with toy() as client:
        body = part(b'Content-Disposition: form-data; name="a"', b"x")
        answer = await client.post("/api/v1/bestand", content=body, headers={"Content-Type": kind.encode()})
        problem(answer, 400)


async def test_a_form_sent_as_json_is_415() -> None:
    async with toy() as client:
        problem(await client.post("/api/v1/bestand", json={"a": "x"}), 415)


@pytest.mark.parametrize("accept", ["text/html", "image/*", "application/json;q=0", "application/xml, text/plain"])
async def test_an_answer_that_cannot_be_given_is_406(accept: str) -> None:
    async with toy() as client:
        problem(await client.get(ONE, headers={"Accept": accept}), 406)


@pytest.mark.parametrize("accept", ["*/*", "application/*", "text/html, application/json;q=0.1", ""])
async def test_an_accept_header_that_admits_json_is_honoured(accept: str) -> None:
    async with toy() as client:
        assert (await client.get(ONE, headers={"Accept": accept})).status_code == 200


async def test_each_route_has_its_own_limit_and_what_is_larger_is_413() -> None:
    async with toy() as client:
        body = {"naam": "x" * 100, "sector": "vo"}
        assert (await client.post("/api/v1/scholen", json=body)).status_code == 201
        problem(await client.post("/api/v1/klein", json=body), 413)

        async def stream() -> Any:
            yield json.dumps(body).encode()

        problem(await client.post("/api/v1/klein", content=stream(), headers=JSON), 413)


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("aantalKeer=x", {"aantalKeer": "soort"}),
        ("aantalKeer=99999999999999999999999", {"aantalKeer": "bereik"}),
        ("aantalKeer=0", {"aantalKeer": "bereik"}),
        ("aantalKeer=", {"aantalKeer": "soort"}),
        ("count=1", {"count": "onbekend"}),
        ("aantalKeer=1&aantalKeer=2", {"aantalKeer": "dubbel"}),
        ("aantalKeer=1%00", {"aantalKeer": "soort"}),
        ("%ff=%ff&a=1", {"\ufffd": "onbekend", "a": "onbekend"}),
    ],
)
async def test_a_wrong_query_is_400_and_names_what_was_sent(query: str, faults: dict[str, str]) -> None:
    async with toy() as client:
        document = problem(await client.get(f"{ONE}?{query}"), 400)
        assert {param["veld"]: param["code"] for param in document["invalidParams"]} == faults


@pytest.mark.parametrize(("kind", "status"), [("conflict", 409), ("verbod", 403), ("niets", 404), ("nee", 422)])
async def test_a_refusal_keeps_its_words_and_its_mend(kind: str, status: int) -> None:
    async with toy() as client:
        document = problem(await client.get(f"/api/v1/weigering/{kind}"), status)
        assert document["code"] == "proef"
        assert document["redenen"] == [{"code": "proef", "melding": "Dit kan niet.", "herstel": "Doe iets anders."}]


async def test_an_unexpected_exception_is_500_and_its_text_is_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    async with toy() as client:
        answer = await client.get("/api/v1/weigering/stuk")
        document = problem(answer, 500)
        assert "Fleur" not in answer.text
        logged = capsys.readouterr().err
        assert "Fleur" not in logged
        assert document["instance"].removeprefix("urn:uuid:") in logged
        assert '"error":"RuntimeError"' in logged


async def test_what_waits_too_long_for_another_is_told_to_come_back_soon() -> None:
    async with toy() as client:
        answer = await client.get("/api/v1/weigering/bezet")
        document = problem(answer, 503)
        assert (answer.headers["retry-after"], document["detail"]) == ("2", "Probeer het zo dadelijk opnieuw.")


async def test_a_request_id_is_taken_over_only_when_it_is_a_uuid() -> None:
    given = str(uuid4())
    async with toy() as client:
        assert (await client.get(ONE, headers={"X-Request-ID": given})).headers["x-request-id"] == given
        assert (await client.get(ONE, headers={"X-Request-ID": "x\ty"})).headers["x-request-id"] != "x\ty"


@pytest.mark.parametrize("host", ["a b", "x/y", "%00", "'"])
async def test_a_junk_host_is_no_500(host: str) -> None:
    async with toy() as client:
        assert (await client.get(ONE, headers={"Host": host})).status_code in (200, 400)


async def test_the_api_describes_itself_to_everybody() -> None:
    async with toy() as client:
        answer = await client.get("/api/v1/openapi.json")
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.json()["info"]["version"] == VERSION
        assert (await client.get("/api/v1")).json()["versie"] == VERSION
