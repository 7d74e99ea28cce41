"""Which language is spoken to whom."""

import threading

import pytest

from regionkit.words import voice
from regionkit.words.voice import current_door, current_language, speaking


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "zh"),
        ({"LANG": "C"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LC_ALL": "POSIX"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.GBK"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
        ({"LANG": "C", "LANGUAGE": "en"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "REGIONKIT_LANG": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "REGIONKIT_LANG": "zh"}, "zh"),
        ({"LANG": "en_US.UTF-8", "REGIONKIT_LANG": ""}, "en"),
    ],
)
def test_language_of_a_user(environment, lang, monkeypatch):
    monkeypatch.setattr(voice.sys, "platform", "linux")
    assert voice._users_language(environment) == lang


def test_speaking_holds_for_a_while(monkeypatch):
    monkeypatch.setenv("REGIONKIT_LANG", "zh")
    assert (current_language(), current_door()) == ("zh", "python")
    with speaking("en"):
        with speaking(door="command"):
            assert (current_language(), current_door()) == ("en", "command")
        assert (current_language(), current_door()) == ("en", "python")
    assert current_language() == "zh"


def test_what_one_thread_speaks_is_its_own():
    heard = []
    with speaking("zh"):
        thread = threading.Thread(target=lambda: heard.append(current_language()))
        thread.start()
        thread.join()
    assert heard == ["en"]
