"""Reading a page of the application in tests, as whoever looks at it would."""

import httpx
import lxml.html


def seen(answer: httpx.Response) -> str:
    """The words of a page, which has to be a whole one."""
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    tree = lxml.html.fromstring(answer.text)
    assert tree.get("lang") == "nl"
    assert len(tree.findall(".//h1")) == 1
    return " ".join(" ".join(tree.find("body").itertext()).split())


def title(answer: httpx.Response) -> str:
    return str(lxml.html.fromstring(answer.text).findtext(".//title"))


def links(answer: httpx.Response, part: str) -> list[str]:
    """Where the links of a page go that have this in their address."""
    return [str(address) for address in lxml.html.fromstring(answer.text).xpath("//a/@href") if part in address]
