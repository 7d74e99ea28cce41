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

__all__ = ["check_output", "open_template", "save_stable"]

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# Office wants a date in the properties; a fixed one keeps the bytes equal.
_PROPERTY_DATE = datetime(2000, 1, 1)  # noqa: DTZ001 - the file formats hold no zone
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
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            fresh = zipfile.ZipInfo(item.filename, _ZIP_DATE)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            fresh.create_system = 0
            new.writestr(fresh, old.read(item), compresslevel=6)
    return out.getvalue()


def legal_xml(text: str) -> str:
    """Return a text without the control characters that XML forbids."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
