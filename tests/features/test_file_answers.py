"""Files over the API: they may be asked for by their own media type, and the description names every type they can have."""

import pytest

from maatwerk import asgi
from maatwerk.files.actions.upload import upload
from maatwerk.files.kinds import MEDIA_TYPES
from maatwerk.settings import Settings
from tests import uploads
from tests.accounts import browser
from tests.databases import Database
from tests.partnership import regio_36

BASE = "/api/v1/aanvragen"


@pytest.mark.parametrize(("accept", "status"), [("application/pdf", 200), ("application/*", 200), ("text/html", 406)])
async def test_a_file_is_given_to_who_asks_for_its_own_media_type(app: Database, accept: str, status: int) -> None:
    partnership = await regio_36()
    case_id, bas = await partnership.open(), partnership.callers["bas"]
    file = await upload(
        partnership.tenant_id, bas.person_id, bas.client, case_id, "bijlagen", "a.pdf", uploads.pdf("Akkoord")
    )
    async with browser(app, partnership.persons["bas"]) as client:
        answer = await client.get(f"{BASE}/{case_id}/bijlagen/{file.id}", headers={"Accept": accept})
    assert answer.status_code == status
    assert status != 200 or answer.headers["content-type"] == "application/pdf"


@pytest.mark.parametrize("place", ["bijlagen", "beoordelingspakket/bijlagen"])
def test_the_description_names_every_media_type_of_a_file(place: str) -> None:
    paths = asgi.build(Settings.from_environment({}), start=False).state.openapi["paths"]
    answer = paths[f"/aanvragen/{{aanvraagId}}/{place}/{{bijlageId}}"]["get"]["responses"]["200"]
    assert set(answer["content"]) == set(MEDIA_TYPES)
