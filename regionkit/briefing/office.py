"""Open PowerPoint and Word templates; save files that are the same for the same input."""

from __future__ import annotations

import io
import os
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from regionkit.errors import InputError, MissingDependencyError, OutputError
from regionkit.imprint import current_imprint
from regionkit.limits import raise_limit
from regionkit.places.archive import bomb_fault
from regionkit.words.message import join, msg
from regionkit.words.voice import language_tag

__all__ = [
    "EMU_PER_MM",
    "EMU_PER_PT",
    "check_output",
    "drop_external_links",
    "legal_xml",
    "open_template",
    "save_stable",
    "stable_zip",
]

# Office measures in these: 914,400 are an inch.
EMU_PER_MM, EMU_PER_PT = 36000, 12700
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# Office wants a date in the properties; a fixed one keeps the bytes equal.
_PROPERTY_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 - the file formats hold no zone
_DATED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")
_RELATIONS = "officeDocument/2006/relationships}"
_KINDS = {
    ".pptx": (
        "pptx",
        msg("PowerPoint presentation"),
        "presentationml.presentation.main+xml",
        "presentationml.template.main+xml",
        (".pptx", ".potx"),
    ),
    ".docx": (
        "docx",
        msg("Word document"),
        "wordprocessingml.document.main+xml",
        "wordprocessingml.template.main+xml",
        (".docx", ".dotx"),
    ),
}


def check_output(path: Path) -> None:
    """Refuse a path that cannot be written before the work is done.

    Raises
    ------
    OutputError
        The folder is missing or not writable, or the path is a folder.
    """
    folder = path.parent
    if path.is_dir():
        raise OutputError(
            msg("{path} is a folder.", path=path),
            mend=msg("Name a file in it, such as {example}.", example=path / "brief.pptx"),
        )
    if not folder.is_dir():
        raise OutputError(
            msg(
                "{path} cannot be written: the folder {folder} does not exist.",
                path=path,
                folder=folder,
            ),
            mend=msg("Make it, or choose another."),
        )
    if not os.access(folder, os.W_OK):
        raise OutputError(
            msg(
                "{path} cannot be written: the folder {folder} is not writable.",
                path=path,
                folder=folder,
            ),
            mend=msg("Choose another folder."),
        )


def open_template(form: str, template: str | Path | None) -> Any:
    """Return an open presentation or document, from a template or the library's own.

    Returns
    -------
    pptx.presentation.Presentation, docx.document.Document, or None for .html

    Raises
    ------
    MissingDependencyError
        The library for the form is not installed.
    InputError
        The template is missing, or no presentation or document.
    """
    if form not in _KINDS:
        if template is not None:
            raise InputError(
                msg("A template serves .pptx and .docx only, not {form}.", form=form),
                mend=msg("Leave it out."),
            )
        return None
    module, kind, main, template_main, endings = _KINDS[form]
    opener = _opener(module)
    if template is None:
        return opener(None)
    template = Path(template)
    try:
        content = template.read_bytes()
    except OSError as error:
        raise InputError(
            msg(
                "The template {template} cannot be read ({why}).",
                template=template,
                why=error.strerror or error,
            ),
            mend=msg("Give a file that ends in {choices}.", choices=join(endings, "or")),
        ) from error
    wrong = InputError(
        msg("The template {template} is no {kind}.", template=template, kind=kind),
        mend=msg(
            "Give one saved as {choices}; an older .{old} must be saved so first.",
            choices=join(endings, "or"),
            old=module[:3],
        ),
    )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            fault = bomb_fault(archive)
            types = "" if fault else archive.read("[Content_Types].xml").decode("utf-8")
    except Exception as error:
        # Of a damaged archive: BadZipFile, KeyError, zlib's, NotImplementedError, RuntimeError.
        raise wrong from error
    if fault is not None:
        raise InputError(fault, where=str(template), mend=raise_limit())
    if template_main in types:
        try:
            content = _retyped(content, types.replace(template_main, main))
        except Exception as error:
            raise wrong from error
    elif main not in types:
        raise wrong
    try:
        return opener(io.BytesIO(content))
    except Exception as error:
        # The libraries raise many kinds for a damaged file: KeyError, ValueError, XML errors.
        raise wrong from error


def _opener(module: str) -> Any:
    """Return the function that opens a file of a form."""
    try:
        if module == "pptx":
            import pptx

            return pptx.Presentation
        import docx

        return docx.Document  # noqa: TRY300 - the import is what may fail
    except ImportError as error:
        raise MissingDependencyError(
            msg(
                "A .{module} briefing needs the package python-{module}, which is not installed.",
                module=module,
            ),
            mend=msg('Install it: python -m pip install "regionkit[briefing]"'),
        ) from error


def _retyped(content: bytes, types: str) -> bytes:
    """Return a template file declared as an ordinary file, which the libraries open."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            new.writestr(item, types.encode() if item.filename == "[Content_Types].xml" else data)
    return out.getvalue()


def save_stable(document: Any, *, title: str, subject: str, lang: str) -> bytes:
    """Return the file's bytes with fixed dates inside, the same for the same content."""
    core = document.core_properties
    core.title, core.subject = title[:255], subject[:255]
    core.author = core.last_modified_by = current_imprint().author or "regionkit"
    core.comments = core.keywords = ""
    core.language = language_tag(lang)
    core.revision = 1
    core.created = core.modified = core.last_printed = _PROPERTY_DATE
    saved = io.BytesIO()
    document.save(saved)
    return stable_zip(saved.getvalue())


def stable_zip(content: bytes) -> bytes:
    """Return an Office file with fixed dates inside, those of workbooks embedded in it as well."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename.endswith(".xlsx"):
                data = stable_zip(data)
            elif item.filename == "docProps/core.xml":
                data = _DATED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", data)
            fresh = zipfile.ZipInfo(item.filename, _ZIP_DATE)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            fresh.create_system = 0
            new.writestr(fresh, data, compresslevel=6)
    return out.getvalue()


def drop_external_links(document: Any) -> list[str]:
    """Take a template's links to the web and to other files out; return where they led.

    Linked text stays as text. A briefing is passed on, and must not fetch what its template named.
    """
    dropped = []
    for part in list(document.part.package.iter_parts()):
        element = getattr(part, "_element", None)
        for key, relation in list(part.rels.items()):
            if not relation.is_external:
                continue
            dropped.append(str(relation.target_ref))
            if element is not None:
                _unlink(element, key)
            part.rels.pop(key)
    return list(dict.fromkeys(dropped))


def _unlink(root: Any, key: str) -> None:
    """Take the reference to a relation out of a part's XML."""
    for element in list(root.iter()):
        named = [
            name for name, value in element.attrib.items() if value == key and _RELATIONS in name
        ]
        if not named:
            continue
        tag = str(element.tag).rpartition("}")[2]
        parent = element.getparent()
        if tag == "hyperlink" and parent is not None:
            for child in list(element):
                element.addprevious(child)
            parent.remove(element)
        elif tag.startswith("hlink") and parent is not None:
            parent.remove(element)
        else:
            for name in named:
                del element.attrib[name]


def legal_xml(text: str) -> str:
    """Return a text without the control characters that XML forbids."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
