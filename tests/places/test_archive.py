"""Packages and XML that mean harm, told before they are opened."""

import io
import zipfile

import pytest

from regionkit.places.archive import DeclaredError, bomb_fault, is_locked, iterate_xml, parse_xml


def package(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return zipfile.ZipFile(buffer)


def test_bombs():
    assert bomb_fault(package({"a": b"plain"})) is None
    assert bomb_fault(package({"a": bytes(1_000_000)})) is None
    assert "to 30 MB in 1 parts" in str(bomb_fault(package({"a": bytes(30_000_000)})))
    many = package({str(i): b"" for i in range(5001)})
    assert "in 5001 parts" in str(bomb_fault(many))


def test_locked_parts():
    made = package({"a": b"x"})
    assert not is_locked(made)
    made.infolist()[0].flag_bits |= 1
    assert is_locked(made)


DOCTYPE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


def iterated(content):
    return list(iterate_xml(io.BytesIO(content)))


@pytest.mark.parametrize("read", [parse_xml, iterated])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("before", ["", "<!-- " + "x" * 200_000 + " -->", " \n" * 50_000])
def test_document_types_however_they_are_hidden(read, encoding, before):
    for doctype in (DOCTYPE, "<!DOCTYPE a>"):
        with pytest.raises(DeclaredError):
            read(f'<?xml version="1.0"?>{before}{doctype}<a>b</a>'.encode(encoding))
    read(f'<?xml version="1.0"?>{before}<a>b</a>'.encode(encoding))


@pytest.mark.parametrize("read", [parse_xml, iterated])
def test_words_that_only_look_like_one(read):
    read(b"<a><![CDATA[<!DOCTYPE html>]]></a>")
    read(b"<a><!-- <!ENTITY --></a>")
