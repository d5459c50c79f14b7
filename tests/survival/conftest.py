"""A service of its own for each module that lays siege to one."""

from collections.abc import Iterator

import pytest

from tests.survival.besieged import Besieged, besieged


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Besieged]:
    """Regio 36 on a Monday morning in 2024, with this process on its clock; time only goes forward."""
    folder = tmp_path_factory.mktemp("siege")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAATWERK_CLOCK", str(folder / "clock"))
        with besieged(folder) as service:
            yield service
