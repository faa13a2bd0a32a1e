"""Settings have a default or a clear refusal, and `.env.example` lists them all."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.settings import Settings, SettingsError, load_settings, read_law_file

EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_nothing_needs_to_be_set() -> None:
    settings = load_settings(None)
    assert not settings.slack
    assert not settings.discord
    assert settings.pages_url == "http://127.0.0.1:8080"


def test_the_example_lists_every_setting_with_its_default() -> None:
    listed = {line.split("=")[0] for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("#")}
    assert listed == {name.upper() for name in Settings.model_fields}
    assert load_settings(EXAMPLE) == load_settings(None)


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOW_HOSTS", "127.0.0.1:9000, intranet.example:80")
    assert load_settings(None).allow_hosts == ("127.0.0.1:9000", "intranet.example:80")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "eighty", "PORT: "),
        ("PORT", "70000", "PORT: "),
        ("SLACK_BOT_TOKEN", "xapp-1-secretvalue", "SLACK_BOT_TOKEN: a bot token starts with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-secretvalue", "SLACK_APP_TOKEN: an app token starts with xapp-"),
        ("ENCRYPTION_KEYS", "secretvalue", "ENCRYPTION_KEYS: each key must be 32 bytes"),
        ("PROXY", "http://a.example:1, secretvalue:3128", "PROXY: each proxy must be an address"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL: must be debug, info, warning or error"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings(None)
    assert says in str(caught.value)
    assert "secretvalue" not in str(caught.value)


def test_a_usable_key_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    key = Fernet.generate_key().decode()
    monkeypatch.setenv("ENCRYPTION_KEYS", key)
    assert load_settings(None).encryption_keys == (key,)


def test_an_own_file_of_law_that_cannot_be_read_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes("a = 'é'".encode("latin-1"))
    for path, says in ((tmp_path / "gone.toml", "cannot be read"), (tmp_path / "latin.toml", "is not UTF-8")):
        with pytest.raises(SettingsError, match=says):
            read_law_file(str(path))
    assert read_law_file("") == ""


def test_an_env_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("SLACK_BOT_TOKEN=\nUSER_AGENT=Möwe\n".encode("latin-1"))
    with pytest.raises(SettingsError, match=r"not UTF-8 \(line 2\)"):
        load_settings(file)
