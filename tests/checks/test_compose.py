"""What the composition of services promises to whoever runs it: no default password, no root, nothing exposed."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.prepare import find_compose

SERVICES = ("app", "postgres", "elasticsearch")
NODES = ("es1", "es2", "es3")
LASTING = (*NODES, "api1", "api2", "cluster_scheduler", "proxy")
CLUSTER = ("certificates", *LASTING)


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "docker-compose.yml").read_text()


@pytest.fixture(scope="module")
def services(text: str) -> dict[str, str]:
    """The text of each service, by name: two spaces of indentation under `services:`."""
    body = text.split("\nservices:\n")[1].split("\nnetworks:\n")[0]
    parts = re.split(r"(?m)^  (\w+):(?: &\w+)?\n", body)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


class Compose:
    """The real command on our file, with the variables that a test gives and no others."""

    def __init__(self, words: list[str], root: Path, env_file: Path) -> None:
        env_file.touch()  # the person's own .env must not answer in place of the test
        self._command = [*words, "--env-file", str(env_file)]
        self._root = root

    def __call__(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        ours = ("POSTGRES_", "ELASTIC_", "MAILLAGE_", "COMPOSE_")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)} | variables
        command = [*self._command, *arguments]
        return subprocess.run(command, cwd=self._root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def compose(root: Path, tmp_path: Path) -> Compose:
    words = find_compose()
    if words is None:
        pytest.skip("docker-compose est absent : apt-get install docker-compose")
    return Compose(words.split(), root, tmp_path / "empty.env")


def test_the_services_are_those_that_the_documentation_tells(services: dict[str, str]) -> None:
    assert tuple(services) == ("app", "scheduler", *SERVICES[1:], *CLUSTER)


def test_the_scheduler_is_the_application_with_another_command_and_no_port(services: dict[str, str]) -> None:
    told = services["scheduler"]
    assert "    <<: *app\n    command: [maillage, schedule]\n    ports: []\n" in told
    assert "    healthcheck:\n" in told
    assert "    <<: *scheduler\n    profiles: [cluster]\n" in services["cluster_scheduler"]


def test_every_process_of_the_application_has_the_key_of_the_workspace(compose: Compose) -> None:
    key = "une cle de trente-deux caracteres au moins"
    told = compose("--profile", "cluster", "config", POSTGRES_PASSWORD="p", MAILLAGE_SECRET_KEY=key)
    assert told.stdout.count(f"MAILLAGE_SECRET_KEY: {key}\n") == len(("app", "scheduler", "api1", "api2", "its own"))


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_runs_without_root_and_without_privileges(services: dict[str, str], text: str, name: str) -> None:
    user = re.search(r'(?m)^    user: "(\d+):', services[name])
    assert user is not None
    assert user[1] != "0"
    assert "    <<: *hardened\n" in services[name]
    assert "x-hardened: &hardened\n  restart: unless-stopped\n  cap_drop: [ALL]\n" in text


@pytest.mark.parametrize("name", ["app", "postgres"])
def test_the_root_of_a_service_is_read_only_but_for_its_data(services: dict[str, str], name: str) -> None:
    assert "    read_only: true\n" in services[name]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_a_health_check_a_volume_and_limits(services: dict[str, str], name: str) -> None:
    asked = ("healthcheck", "volumes", "mem_limit", "cpus", "pids_limit")
    assert [key for key in asked if f"\n    {key}:" not in services[name]] == []


@pytest.mark.parametrize("name", ["postgres", "elasticsearch"])
def test_a_store_is_reached_from_the_internal_network_only(services: dict[str, str], text: str, name: str) -> None:
    assert "    networks: [back]\n" in services[name]
    assert "    ports:" not in services[name]
    assert "  back:\n    internal: true\n" in text


def test_the_portal_is_published_on_this_machine_only(services: dict[str, str]) -> None:
    published = re.findall(r"(?m)^    ports:\n((?:      - .*\n)+)", services["app"])
    assert [line.strip() for line in published] == ['- "127.0.0.1:${MAILLAGE_PORT:-8000}:8000"']


def test_no_password_is_written_in_the_file(text: str) -> None:
    values = re.findall(r"(?m)^\s+\w*PASSWORD:\s*(.*)$", text)
    assert values != []
    assert [value for value in values if not re.match(r"\$\{\w+:(\?|-\})", value)] == []


def test_compose_accepts_the_file_with_and_without_the_profile(compose: Compose) -> None:
    plain = compose("config", "--quiet", POSTGRES_PASSWORD="p@ss:/word")
    full = compose("--profile", "elasticsearch", "config", "--quiet", POSTGRES_PASSWORD="p", ELASTIC_PASSWORD="e")
    assert (plain.returncode, plain.stderr) == (0, "")
    assert (full.returncode, full.stderr) == (0, "")


def test_the_cluster_starts_with_its_profile_only(services: dict[str, str], text: str) -> None:
    node = text.split("x-node: &node\n")[1].split("\n\n")[0]
    told = {name: part + (node if "<<: *node\n" in part else "") for name, part in services.items()}
    assert {name for name, part in told.items() if "  profiles: [cluster]\n" in part} == set(CLUSTER)


def test_every_part_of_the_cluster_is_held_as_the_others_are(compose: Compose) -> None:
    told = compose("--profile", "cluster", "config", POSTGRES_PASSWORD="p", MAILLAGE_ELASTICSEARCH_PASSWORD="of-ours")
    assert (told.returncode, told.stderr) == (0, "")
    parts = re.split(r"(?m)^  ([\w-]+):\n", told.stdout.split("\nservices:\n")[1].split("\nvolumes:\n")[0])[1:]
    held = dict(zip(parts[::2], parts[1::2], strict=True))
    for name in CLUSTER:
        asked = ["cap_drop", "mem_limit", "cpus", "pids_limit", "security_opt", *(["healthcheck"] * (name in LASTING))]
        assert [key for key in asked if f"\n    {key}:" not in f"\n{held[name]}"] == [], name
        assert re.search(r"(?m)^    user: '?(?!0)\d+", held[name]), name
        assert ("published" in held[name] or "8080" in held[name]) == (name == "proxy"), name
    assert all("MAILLAGE_ELASTICSEARCH_PASSWORD: of-ours\n" in held[name] for name in ("api1", "api2"))
    assert all(re.search(r"xpack.security.http.ssl.enabled: .?true", held[name]) for name in NODES)


def test_compose_asks_for_the_password_of_the_database(compose: Compose) -> None:
    refused = compose("config", "--quiet")
    assert refused.returncode != 0
    assert "Choisissez un mot de passe pour la base" in refused.stderr
